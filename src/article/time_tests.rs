use super::*;
use crate::article::ArticleSettings;
use rstest::rstest;

fn zones() -> Zones {
    let mut faults = Vec::new();
    let zones = Zones::new(&ArticleSettings::default(), &mut faults);
    assert_eq!(faults, []);
    zones
}

/// `…Z` expects an instant, anything else a local time.
#[track_caller]
fn check(found: Option<Moment>, expect: &str) {
    let expect = match expect {
        "none" => None,
        _ if expect.ends_with('Z') => Some(Moment::Instant(expect.parse().unwrap())),
        _ => Some(Moment::Local(expect.parse().unwrap())),
    };
    assert_eq!(found, expect);
}

#[rstest]
#[case("2025-10-03T23:37:00Z", "2025-10-03T23:37:00Z")]
#[case("2025-10-04T07:37:00+08:00", "2025-10-03T23:37:00Z")]
#[case("2025-10-04 07:37:00.123+0800", "2025-10-03T23:37:00.123Z")]
#[case("Sat, 04 Oct 2025 07:37:00 +0800", "2025-10-03T23:37:00Z")]
#[case("Mon, 04 Oct 2025 07:37:00 GMT", "2025-10-04T07:37:00Z")] // the wrong weekday
#[case("2025-10-04T07:37", "2025-10-04T07:37:00")]
#[case("2025-10-04 07:37", "2025-10-04T07:37:00")]
#[case("2025-10-04 07:37:12", "2025-10-04T07:37:12")]
#[case("2025-10-04T07:37:12.5", "2025-10-04T07:37:12")]
#[case("2025-10-04", "2025-10-04T00:00:00")]
#[case("2025/10/04", "2025-10-04T00:00:00")]
#[case("2025.10.4 7:37", "2025-10-04T07:37:00")]
#[case("2025年10月4日 7时37分", "2025-10-04T07:37:00")]
#[case("2025年10月4日 星期六 下午3点05分", "2025-10-04T15:05:00")]
#[case("2025年10月04日07:37", "2025-10-04T07:37:00")]
#[case("2025年10月4日 上午12：10", "2025-10-04T00:10:00")]
#[case("2025-10-04 07:37 (北京时间)", "2025-10-03T23:37:00Z")]
#[case("Oct 4, 2025 7:37 AM", "2025-10-04T07:37:00")]
#[case("Oct. 4, 2025 07:37 GMT", "2025-10-04T07:37:00Z")]
#[case("October 4th, 2025 at 7:37 p.m. ET", "2025-10-04T23:37:00Z")]
#[case("Sept 4, 2025, 12:05 AM EDT", "2025-09-04T04:05:00Z")]
#[case("4 October 2025", "2025-10-04T00:00:00")]
#[case("4th of Oct., 2025 - 19:05 (GMT+8)", "2025-10-04T11:05:00Z")]
#[case("04-Oct-2025 07:37 UTC", "2025-10-04T07:37:00Z")]
#[case("7:37 AM EDT, Oct 4, 2025", "2025-10-04T11:37:00Z")]
#[case("04.10.2025, 07:37", "2025-10-04T07:37:00")]
#[case("25/10/2025", "2025-10-25T00:00:00")]
#[case("10/25/2025 7 PM", "2025-10-25T19:00:00")]
#[case("04/10/2025", "none")] // April or October
#[case("20251004", "2025-10-04T00:00:00")]
#[case("20251004073712", "2025-10-04T07:37:12")]
#[case("20251004T073712Z", "2025-10-04T07:37:12Z")]
#[case("20251004T073712", "2025-10-04T07:37:12")]
#[case("1759534620", "2025-10-03T23:37:00Z")]
#[case("1759534620000", "2025-10-03T23:37:00Z")]
#[case("1759534620000000", "2025-10-03T23:37:00Z")]
#[case("1759534620000000000", "2025-10-03T23:37:00Z")]
#[case("1759534620.5", "2025-10-03T23:37:00.5Z")]
#[case("-1", "1969-12-31T23:59:59Z")]
#[case("2025-10-04 07:37 - 12 comments", "2025-10-04T07:37:00")]
#[case("2025-10-04 07:37 -04:00", "2025-10-04T11:37:00Z")]
#[case("2025-02-30", "none")]
#[case("2025-10-04 25:61", "2025-10-04T00:00:00")]
#[case("yesterday", "none")]
#[case("2 hours ago", "none")]
#[case("3.14", "none")]
#[case("2025.10", "none")]
#[case("99999999999999999999999", "none")]
#[case("", "none")]
fn texts(#[case] text: &str, #[case] expect: &str) {
    check(from_text(text, &zones(), None), expect);
}

#[rstest]
#[case(1_759_534_620.25, "2025-10-03T23:37:00.25Z")]
#[case(1_759_534_620_250.0, "2025-10-03T23:37:00.25Z")]
#[case(f64::NAN, "none")]
#[case(f64::INFINITY, "none")]
#[case(1e300, "none")]
fn float(#[case] number: f64, #[case] expect: &str) {
    check(from_float(number), expect);
}

#[test]
fn an_ambiguous_abbreviation_is_read_in_the_zone_of_the_source() {
    let shanghai = TimeZone::get("Asia/Shanghai").unwrap();
    check(from_text("2025-10-04 07:37 CST", &zones(), Some(&shanghai)), "2025-10-03T23:37:00Z");
    check(from_text("2025-10-04 07:37 CST", &zones(), None), "2025-10-04T13:37:00Z");
}
