// Articles of our own for the tests.

export const CHILE = {
  id: "chile", title: "Chile's copper strike ends", source: "Pacific Metals Daily", published_at: "2025-10-01T10:00:00Z", url: "https://example.com/chile",
  text: "Workers at a copper mine in Chile ended a strike on Monday. President Gabriel Boric welcomed it.\n\nOutput\nChile mined 400,000 tonnes of copper in August, and Peru 210,000 tonnes.",
};

export const PAKISTAN = {
  id: "pakistan", title: "巴铁总理赴美签约,拿稀土换投资", source: "示例财经", published_at: "2025-10-03T23:37:00Z",
  text: "巴基斯坦总理谢里夫赴美签署稀土协议。Pakistan wants to sell tungsten and rare earths to the United States. Tungsten from Pakistan is new on the market.",
};

export const CONGO = {
  id: "congo", title: "Congo trades its cobalt ban for quotas", source: "Copperbelt Courier", published_at: "2025-09-22T07:15:00Z",
  text: "The Democratic Republic of the Congo ended its ban on cobalt exports and set quotas instead. Glencore said the quotas cover half of its cobalt output in Congo.",
};

/** Whatever a page may be made to do, it must not do. */
export const HOSTILE = {
  id: `"><img src=x onerror="window.hacked=1">/../?&#`, source: `<b onmouseover="window.hacked=2">Evil Daily</b>`, published_at: "2025-10-04T01:00:00Z",
  url: "javascript:window.hacked=3",
  title: `<script>window.hacked=4</script>Gold <img src=x onerror=window.hacked=5> in Ghana`,
  text: `Ghana mined more gold. <svg onload="window.hacked=6"><a href="javascript:window.hacked=7">President <i>John Mahama</i></a> said so. {{constructor.constructor('window.hacked=8')()}} 😀 Gold from Ghana again.`,
};
