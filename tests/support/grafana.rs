//! Dashboards made from their source: `deploy/grafana/source/*.toml` says what is shown, this file what that is to Grafana.

use serde_json::{Map, Value, json};

/// What is asked for again and again: `<name>` in a query stands for the text.
fn with_terms(text: &str, terms: &Value) -> String {
    let terms = terms.as_object().into_iter().flatten();
    terms.fold(text.to_owned(), |text, (name, value)| text.replace(&format!("<{name}>"), string(value)))
}

fn string(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("expected a text, found {value}"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The dashboard of a source.
pub(crate) fn dashboard(source: &str) -> Value {
    let source: Value = toml::from_str(source).unwrap();
    let time = list(&source["time"]);
    let link = json!({
        "type": "dashboards", "tags": ["lodestream"], "title": "Lodestream", "icon": "external link", "asDropdown": false,
        "includeVars": true, "keepTime": true, "targetBlank": false, "tooltip": "", "url": "",
    });
    json!({
        "uid": source["uid"], "title": source["title"], "description": source["description"], "tags": ["lodestream"],
        "editable": false, "graphTooltip": 1, "schemaVersion": 41, "version": 1, "refresh": source["refresh"],
        "time": {"from": time[0], "to": time[1]}, "timezone": source["timezone"].as_str().unwrap_or("browser"),
        "annotations": {"list": []}, "links": [link],
        "templating": {"list": list(&source["variable"]).iter().map(variable).collect::<Vec<_>>()},
        "panels": panels(&source),
    })
}

fn data_source() -> Value {
    json!({"type": "prometheus", "uid": "${datasource}"})
}

/// `query`: values that Prometheus knows; `steps`: lengths of time; `text`: typed; neither: the data source.
fn variable(source: &Value) -> Value {
    let mut variable = json!({"name": source["name"], "label": source["label"], "hide": 0, "skipUrlSync": false});
    if let Some(text) = source["description"].as_str() {
        variable["description"] = text.into();
    }
    let further = if let Some(query) = source["query"].as_str() {
        let many = source["many"].as_bool().unwrap_or(true);
        let mut further = json!({
            "type": "query", "datasource": data_source(), "definition": query, "refresh": 2, "regex": "", "sort": 1,
            "query": {"qryType": 1, "query": query, "refId": "PrometheusVariableQueryEditor-VariableQuery"},
            "multi": many, "includeAll": many, "options": [], "current": {},
        });
        if many {
            further["allValue"] = source["all"].as_str().unwrap_or(".+").into();
            further["current"] = json!({"selected": true, "text": ["All"], "value": ["$__all"]});
        }
        further
    } else if let Some(text) = source["text"].as_str() {
        json!({"type": "textbox", "query": text, "current": {"text": text, "value": text}, "options": []})
    } else if source["steps"].is_array() {
        let steps = list(&source["steps"]);
        let option = |step: &Value| json!({"selected": *step == source["step"], "text": step, "value": step});
        json!({
            "type": "interval", "query": steps.iter().map(string).collect::<Vec<_>>().join(","), "auto": false, "auto_min": "10s",
            "auto_count": 30, "refresh": 2, "options": steps.iter().map(option).collect::<Vec<_>>(),
            "current": {"selected": true, "text": source["step"], "value": source["step"]},
        })
    } else {
        json!({
            "type": "datasource", "query": "prometheus", "refresh": 1, "regex": "", "multi": false, "includeAll": false,
            "options": [], "current": {},
        })
    };
    extend(&mut variable, further);
    variable
}

fn extend(value: &mut Value, with: Value) {
    if let (Value::Object(value), Value::Object(with)) = (value, with) {
        value.extend(with);
    }
}

/// Rows one below the other; in a row from the left to the right, and on to the next line.
fn panels(source: &Value) -> Vec<Value> {
    let mut panels: Vec<Value> = Vec::new();
    let mut top = 0;
    for row in list(&source["row"]) {
        if let Some(title) = row["title"].as_str() {
            panels.push(json!({
                "id": panels.len() + 1, "type": "row", "title": title, "collapsed": false, "panels": [],
                "gridPos": {"x": 0, "y": top, "w": 24, "h": 1},
            }));
            top += 1;
        }
        let (mut left, mut lowest) = (0, top);
        for panel in list(&row["panel"]) {
            let size: Vec<i64> = list(&panel["size"]).iter().filter_map(Value::as_i64).collect();
            let [width, height] = size[..] else { panic!("{}: no size", panel["title"]) };
            if left + width > 24 {
                (left, top) = (0, lowest);
            }
            let mut made = self::panel(panel, source);
            made["id"] = (panels.len() + 1).into();
            made["gridPos"] = json!({"x": left, "y": top, "w": width, "h": height});
            panels.push(made);
            left += width;
            lowest = lowest.max(top + height);
        }
        top = lowest;
    }
    panels
}

fn panel(source: &Value, dashboard: &Value) -> Value {
    let kind = string(&source["kind"]);
    let look = look(kind, source);
    let mut defaults = json!({"unit": source["unit"], "color": {"mode": "palette-classic"}, "mappings": [], "thresholds": thresholds(source)});
    if source["thresholds"].is_array() {
        defaults["color"] = json!({"mode": "thresholds"});
    }
    if let Some(colour) = source["colour"].as_str() {
        defaults["color"] = json!({"mode": "fixed", "fixedColor": colour});
    }
    for (ours, theirs) in [("decimals", "decimals"), ("no_value", "noValue"), ("max", "max")] {
        if !source[ours].is_null() {
            defaults[theirs] = source[ours].clone();
        }
    }
    extend(&mut defaults, look.defaults);
    if let Some(url) = source["link"].as_str() {
        let url = with_terms(url, &dashboard["terms"]);
        defaults["links"] = json!([{"title": "The articles behind it", "url": url, "targetBlank": true}]);
    }
    let mut made = json!({
        "type": look.kind, "title": source["title"], "description": with_terms(string(&source["description"]), &dashboard["terms"]),
        "datasource": data_source(), "fieldConfig": {"defaults": defaults, "overrides": look.overrides}, "options": look.options,
        "targets": targets(source, dashboard, look.format), "transformations": look.transformations,
    });
    if let Some(step) = source["step"].as_str() {
        made["interval"] = step.into();
    }
    made
}

fn thresholds(source: &Value) -> Value {
    let step = |step: &Value| json!({"color": step["color"], "value": step["from"]});
    let steps: Vec<Value> = match list(&source["thresholds"]) {
        [] => vec![json!({"color": "green", "value": null})],
        steps => steps.iter().map(step).collect(),
    };
    json!({"mode": "absolute", "steps": steps})
}

fn targets(source: &Value, dashboard: &Value, format: &str) -> Vec<Value> {
    let queries = list(&source["queries"]).iter().zip('A'..);
    let target = |(query, letter): (&Value, char)| {
        let legend = query["legend"].as_str().filter(|_| format != "table").unwrap_or("__auto");
        let now = format == "table" || matches!(string(&source["kind"]), "stat" | "ranking");
        // `rate` over the scrape interval needs a range of queries even where one value is shown.
        let now = now && !string(&query["expr"]).contains("$__rate_interval");
        json!({
            "refId": letter.to_string(), "datasource": data_source(), "expr": with_terms(string(&query["expr"]), &dashboard["terms"]).trim(),
            "legendFormat": legend, "format": format, "instant": now, "range": !now, "editorMode": "code",
        })
    };
    queries.map(target).collect()
}

/// What a kind of panel is to Grafana.
struct Look {
    kind: &'static str,
    format: &'static str,
    defaults: Value,
    overrides: Value,
    options: Value,
    transformations: Value,
}

impl Look {
    fn new(kind: &'static str, defaults: Value, options: Value) -> Self {
        Self { kind, format: "time_series", defaults, overrides: json!([]), options, transformations: json!([]) }
    }
}

fn look(kind: &str, source: &Value) -> Look {
    let last = json!({"calcs": ["lastNotNull"], "fields": "", "values": false});
    match kind {
        "stat" => Look::new(
            "stat",
            json!({}),
            json!({
                "reduceOptions": last, "colorMode": "value", "graphMode": "none", "justifyMode": "auto", "orientation": "auto",
                "textMode": "auto", "wideLayout": true,
            }),
        ),
        "lines" => curves(source, "line", 10, "none"),
        "stacked" => curves(source, "line", 60, "normal"),
        "bars" => curves(source, "bars", 60, "normal"),
        "ranking" => Look::new(
            "bargauge",
            if source["colour"].is_null() {
                json!({"color": {"mode": "continuous-BlPu"}, "min": 0})
            } else {
                json!({})
            },
            json!({
                "displayMode": "gradient", "orientation": "horizontal", "showUnfilled": true, "valueMode": "color",
                "namePlacement": "auto", "sizing": "auto", "minVizWidth": 8, "minVizHeight": 16, "maxVizHeight": 300,
                "reduceOptions": last, "legend": {"showLegend": false, "displayMode": "list", "placement": "bottom", "calcs": []},
            }),
        ),
        "heatmap" => Look {
            format: "heatmap",
            ..Look::new(
                "heatmap",
                json!({}),
                json!({
                    "calculate": false, "cellGap": 1, "cellValues": {"unit": "short"}, "exemplars": {"color": "rgba(255,0,255,0.7)"},
                    "color": {"mode": "scheme", "scheme": "Blues", "steps": 64, "exponent": 0.5, "fill": "dark-blue", "reverse": false, "scale": "exponential"},
                    "filterValues": {"le": 1e-9}, "legend": {"show": true}, "rowsFrame": {"layout": "auto"}, "showValue": "never",
                    "tooltip": {"mode": "single", "showColorScale": false, "yHistogram": true},
                    "yAxis": {"axisPlacement": "left", "reverse": false, "unit": "s"},
                }),
            )
        },
        "map" => map(),
        "matrix" => matrix(source),
        "pairs" => pairs(source),
        "joined" => joined(source),
        other => panic!("no kind of panel: {other}"),
    }
}

fn curves(source: &Value, style: &str, fill: u32, stacking: &str) -> Look {
    let calculations = if style == "bars" { json!(["sum"]) } else { json!(["lastNotNull", "max"]) };
    let sort_by = if style == "bars" { "Total" } else { "Last *" };
    Look::new(
        "timeseries",
        json!({"min": 0, "custom": {
            "drawStyle": style, "lineWidth": 1, "fillOpacity": fill, "showPoints": "never", "spanNulls": false, "axisLabel": "",
            "stacking": {"group": "A", "mode": stacking}, "axisPlacement": "auto", "lineInterpolation": "linear",
            "gradientMode": "none", "scaleDistribution": {"type": "linear"},
        }}),
        json!({
            "legend": {
                "displayMode": "table", "placement": source["legend"].as_str().unwrap_or("bottom"), "showLegend": true,
                "calcs": calculations, "sortBy": sort_by, "sortDesc": true,
            },
            "tooltip": {"mode": "multi", "sort": "desc", "hideZeros": true},
        }),
    )
}

/// A mark on each country, as large as its value. The gazetteer knows countries by their ISO codes.
fn map() -> Look {
    let style = json!({
        "size": {"field": "Value", "fixed": 5, "min": 4, "max": 36}, "color": {"field": "Value", "fixed": "dark-green"},
        "opacity": 0.6, "symbol": {"mode": "fixed", "fixed": "img/icons/marker/circle.svg"},
        "symbolAlign": {"horizontal": "center", "vertical": "center"}, "rotation": {"fixed": 0, "mode": "mod", "min": -360, "max": 360},
        "text": {"mode": "field", "field": "country", "fixed": ""},
        "textConfig": {"fontSize": 11, "textAlign": "center", "textBaseline": "middle", "offsetX": 0, "offsetY": 0},
    });
    let layer = json!({
        "type": "markers", "name": "Mentions", "tooltip": true, "config": {"showLegend": false, "style": style},
        "location": {"mode": "lookup", "lookup": "country", "gazetteer": "public/gazetteer/countries.json"},
    });
    Look {
        format: "table",
        ..Look::new(
            "geomap",
            json!({"color": {"mode": "continuous-BlPu"}, "min": 0}),
            json!({
                "view": {"id": "zero", "lat": 20, "lon": 10, "zoom": 1.6, "allLayers": true, "shared": false},
                "basemap": {"type": "default", "name": "Layer 0", "config": {}}, "layers": [layer], "tooltip": {"mode": "details"},
                "controls": {"showZoom": true, "showAttribution": true, "mouseWheelZoom": false, "showScale": false, "showMeasure": false, "showDebug": false},
            }),
        )
    }
}

fn table(cells: Value, filterable: bool, sort_by: Value) -> Look {
    let custom = json!({"align": "auto", "cellOptions": cells, "inspect": false, "filterable": filterable});
    let footer = json!({"show": false, "reducer": ["sum"], "countRows": false, "fields": ""});
    let options = json!({"showHeader": true, "cellHeight": "sm", "sortBy": sort_by, "footer": footer});
    Look { format: "table", ..Look::new("table", json!({"custom": custom}), options) }
}

/// `across` by `down`, the cells coloured by their value.
fn matrix(source: &Value) -> Look {
    let (down, across) = (string(&source["down"]), string(&source["across"]));
    let mut look = table(json!({"type": "color-background", "mode": "basic"}), false, json!([]));
    extend(&mut look.defaults, json!({"color": {"mode": "continuous-BlPu"}, "min": 0}));
    look.overrides = json!([{"matcher": {"id": "byName", "options": format!("{down}\\{across}")}, "properties": [
        {"id": "custom.cellOptions", "value": {"type": "auto"}}, {"id": "displayName", "value": down}, {"id": "custom.minWidth", "value": 170},
    ]}]);
    look.transformations = json!([{"id": "groupingToMatrix", "options": {"rowField": down, "columnField": across, "valueField": "Value", "emptyValue": "null"}}]);
    look
}

/// Mineral, country, and a column for each query by its legend; the most of the first column on top.
fn pairs(source: &Value) -> Look {
    let columns: Vec<&str> = list(&source["queries"]).iter().map(|query| string(&query["legend"])).collect();
    let mut look = table(json!({"type": "auto"}), true, json!([{"displayName": columns[0], "desc": true}]));
    look.overrides = json!([{"matcher": {"id": "byName", "options": columns[0]}, "properties": [
        {"id": "custom.cellOptions", "value": {"type": "gauge", "mode": "basic"}}, {"id": "color", "value": {"mode": "continuous-BlPu"}}, {"id": "min", "value": 0},
    ]}]);
    // One query alone has no letter.
    let value = |letter: char| if columns.len() == 1 { "Value".to_owned() } else { format!("Value #{letter}") };
    let names: Map<String, Value> =
        columns.iter().zip('A'..).map(|(name, letter)| (value(letter), (*name).into())).collect();
    let mut order: Map<String, Value> =
        [("mineral".to_owned(), 0.into()), ("country".to_owned(), 1.into())].into_iter().collect();
    order.extend(names.keys().zip(2..).map(|(name, at)| (name.clone(), at.into())));
    look.transformations = json!([
        {"id": "merge", "options": {}},
        {"id": "filterByValue", "options": {"type": "include", "match": "all", "filters": [{"fieldName": value('A'), "config": {"id": "greater", "options": {"value": 0}}}]}},
        {"id": "organize", "options": {"excludeByName": {"Time": true}, "indexByName": order, "renameByName": names}},
    ]);
    look
}

/// The labels of all queries, joined by one of them; no values.
fn joined(source: &Value) -> Look {
    let mut look = table(json!({"type": "auto"}), false, json!([]));
    let hidden = ["Time", "Time 1", "Time 2", "Value", "Value #A", "Value #B"];
    let hidden: Map<String, Value> = hidden.iter().map(|name| ((*name).to_owned(), true.into())).collect();
    look.transformations = json!([
        {"id": "joinByField", "options": {"byField": source["by"], "mode": "outer"}},
        {"id": "organize", "options": {"excludeByName": hidden, "indexByName": {}, "renameByName": {}}},
    ]);
    look
}
