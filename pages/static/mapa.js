/* Draws the region inside the streamlit-folium frame: boundaries once, then points, clusters and labels on one canvas.
 *
 * Why own drawing: one canvas repaints thousands of marks in a few milliseconds, nothing is ever moved apart to look tidy
 * (records of one village stay on one point with their count), and names are placed where no mark hides them.
 * Every text reaches the page through textContent or fillText, never as markup.
 */
(function () {
  "use strict";
  const SHAPE_PX = 6.5, CLUSTER_CELL_PX = 54, HIT_PX = 16, TOUCH_HIT_PX = 24, PAD = 0.25, VIEW_DELAY_MS = 120;
  const CLOSE_ZOOM = 13, CONTEXT_ZOOM = 12.25; // a cluster opens with its neighbourhood still in view
  const NO_PEOPLE = -2; // records, but no number of people to divide by
  const THEMES = {
    light: { nopeople: "#cfc9d6", ink: "#1d2b26", quiet: "#4a5a53", halo: "#fbfaf6", mark: "#ffffff", deep: "#24433a", onDeep: "#ffffff", line: "#7d8f86", select: "#b27a00", ground: "#eef1ea", ring: "#24433a" },
    dark: { nopeople: "#3d3846", ink: "#e9efe9", quiet: "#a9bab1", halo: "#16211d", mark: "#22302b", deep: "#cfe3d6", onDeep: "#16211d", line: "#6d8278", select: "#f0b429", ground: "#141d1a", ring: "#cfe3d6" },
  };
  const S = { map: null, canvas: null, areas: null, areaByCode: new Map(), labels: [], payload: null, marks: [], hoverCode: null, places: [], labelByCode: new Map(), areaOfSite: new Map(), moved: false, tip: null };

  function colours() { return THEMES[S.payload && S.payload.dark ? "dark" : "light"]; }

  /* ---------- talking to the app ---------- */
  function tell(what) { window.Streamlit.setComponentValue(Object.assign({ at: Date.now() }, what)); }

  let viewTimer = null;
  function tellView() {
    if (!S.payload || !S.payload.server) return;
    clearTimeout(viewTimer);
    viewTimer = setTimeout(() => tell({ view: viewNow() }), VIEW_DELAY_MS);
  }
  function viewNow() {
    const b = S.map.getBounds();
    return { zoom: S.map.getZoom(), south: b.getSouth(), west: b.getWest(), north: b.getNorth(), east: b.getEast() };
  }

  /* The camera lives behind "#" of the page's address, so that a copied link opens the same picture without a rerun a pan. */
  function page() { try { return window.parent.location.href ? window.parent : window; } catch (e) { return window; } }
  function cameraFromAddress() {
    const m = /#map=(\d{1,2}(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)\/(-?\d+(?:\.\d+)?)/.exec(page().location.hash);
    return m ? { zoom: +m[1], lat: +m[2], lon: +m[3] } : null;
  }
  function cameraToAddress() {
    if (!S.moved) return;
    const c = S.map.getCenter(), l = page().location;
    const hash = "#map=" + S.map.getZoom() + "/" + c.lat.toFixed(4) + "/" + c.lng.toFixed(4);
    if (l.hash !== hash) page().history.replaceState(page().history.state, "", l.pathname + l.search + hash);
  }

  /* ---------- set-up, once ---------- */
  function boot(map, config) {
    S.map = map;
    S.config = config;
    map.attributionControl.setPrefix("");
    map.zoomControl.setPosition("topright"); // the corner that the region leaves empty
    S.canvas = document.createElement("canvas");
    S.canvas.setAttribute("aria-hidden", "true");
    S.canvas.className = "mapa-canvas";
    const pane = map.createPane("mapaMarks");
    pane.style.zIndex = 450;
    pane.style.pointerEvents = "none";
    pane.appendChild(S.canvas);
    S.tip = document.createElement("div");
    S.tip.className = "mapa-tip";
    S.tip.hidden = true;
    map.getContainer().appendChild(S.tip);
    hatchPattern();
    firstView(map, config);
    homeControl(map);
    map.on("moveend zoomend resize", () => { repaint(); cameraToAddress(); tellView(); });
    map.on("zoomstart", () => { S.canvas.style.visibility = "hidden"; hideTip(); });
    map.on("dragstart zoomstart", (e) => { if (!S.quiet) { S.moved = true; S.frame = null; } });
    map.on("mousemove", hover);
    map.on("mouseout", () => { hideTip(); map.scrollWheelZoom.disable(); });
    map.on("click", pick);
    map.scrollWheelZoom.disable(); map.on("mousedown", () => map.scrollWheelZoom.enable()); // until it is touched the wheel scrolls the page
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false });
      if (!sized()) return;
      if (!S.viewed) firstView(map, config);
      else if (S.frame) showFrame();
      else if (!S.moved) refit();
      repaint();
    }).observe(map.getContainer());
    fetch(config.ground).then((r) => r.json()).then((found) => { S.places = found.places; addAreas(found.areas); });
    new FontFace("Source Sans", "url(" + config.font + ")", { weight: "200 900" }).load().then((f) => { document.fonts.add(f); repaint(); });
  }
  function firstView(map, config) {
    const camera = cameraFromAddress();
    quietly(() => {
      if (!sized()) return; // a frame without a size has no zoom to fit; the first resize comes back here
      S.viewed = true;
      if (camera) { map.setView([camera.lat, camera.lon], camera.zoom, { animate: false }); S.moved = true; }
      else map.fitBounds(config.bounds, { animate: false, padding: [14, 8] });
    });
  }
  function sized() { const size = S.map.getSize(); return size.x > 0 && size.y > 0; }
  function quietly(move) { S.quiet = true; try { move(); } finally { S.quiet = false; } }
  /* An area that the page is about fills the map until the visitor moves it, also when the map changes its size. */
  function showFrame() { if (sized()) quietly(() => S.map.fitBounds(S.frame, { animate: false })); }
  function refit() { if (sized()) quietly(() => S.map.fitBounds(S.config.bounds, { animate: false, padding: [14, 8] })); }
  function homeControl(map) {
    const control = L.control({ position: "topright" });
    control.onAdd = function () {
      const box = L.DomUtil.create("div", "leaflet-bar"), a = L.DomUtil.create("a", "mapa-home", box);
      a.href = "#"; a.role = "button"; a.textContent = "⌂";
      S.home = a;
      L.DomEvent.disableClickPropagation(box);
      L.DomEvent.on(a, "click", (e) => { L.DomEvent.preventDefault(e); S.moved = false; S.frame = null; refit(); clearCamera(); });
      return box;
    };
    control.addTo(map);
  }
  function clearCamera() { const l = page().location; page().history.replaceState(page().history.state, "", l.pathname + l.search); }
  function hatchPattern() {
    const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
      <pattern id="mapa-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect width="7" height="7" class="mapa-hatch-ground"/><rect width="1.4" height="7" class="mapa-hatch-line"/></pattern></defs></svg>`;
    document.body.appendChild(document.importNode(new DOMParser().parseFromString(drawing, "image/svg+xml").documentElement, true));
  }
  function addAreas(collection) {
    const many = collection.features.length > 300;
    S.areas = L.geoJSON(collection, {
      renderer: many ? L.canvas({ padding: 0.3 }) : L.svg({ padding: 0.3 }),
      style: areaStyle,
      onEachFeature: (f, layer) => {
        S.areaByCode.set(f.properties.teryt, layer);
        layer.on("click", () => { S.clickedArea = f.properties.teryt; });
        layer.on("mouseover", () => { S.hoverCode = f.properties.teryt; });
        layer.on("mouseout", () => { S.hoverCode = null; });
      },
    }).addTo(S.map);
    S.labels = collection.features.map((f) => ({ code: f.properties.teryt, name: f.properties.name, at: L.latLng(f.properties.label_latitude, f.properties.label_longitude), bounds: S.areaByCode.get(f.properties.teryt).getBounds() }));
    S.labelByCode = new Map(S.labels.map((l) => [l.code, l]));
    repaint();
    document.documentElement.dataset.areas = String(collection.features.length);
  }

  function areaStyle(feature) {
    const c = colours(), p = S.payload, fills = (p && p.fills) || null, code = feature.properties.teryt;
    const cls = fills ? fills[code] : undefined;
    let fill = c.ground;
    if (fills) fill = cls === NO_PEOPLE ? c.nopeople : cls === undefined || cls < 0 ? "url(#mapa-hatch)" : p.ramp[cls];
    const see = S.config.tiles ? (fills ? 0.6 : 0) : 1; // a background that the deployment chose must show through
    return { color: c.line, weight: 1, fillColor: fill, fillOpacity: see, opacity: 1 };
  }
  function paintAreas() {
    if (!S.areas) return;
    const selected = new Set(S.payload ? S.payload.selected : []), key = JSON.stringify([S.payload && S.payload.fills, S.payload && S.payload.ramp, S.payload && S.payload.dark, [...selected]]);
    if (S.areaKey === key) return;
    S.areaKey = key;
    S.areas.eachLayer((layer) => {
      layer.setStyle(areaStyle(layer.feature));
      if (selected.has(layer.feature.properties.teryt)) { layer.setStyle({ color: colours().select, weight: 3.5 }); layer.bringToFront(); }
    });
  }

  /* ---------- the layer that streamlit-folium adds and removes ---------- */
  function layer(payload) {
    window.feature_group = [];
    const L1 = L.Layer.extend({ onAdd() { show(payload); }, onRemove() {} });
    return new L1();
  }
  function show(payload) {
    const before = S.payload;
    S.payload = payload;
    document.documentElement.dataset.theme = payload.dark ? "dark" : "light";
    document.documentElement.lang = payload.lang;
    S.map.getContainer().setAttribute("role", "region");
    S.map.getContainer().setAttribute("aria-label", payload.texts.map);
    S.home.title = payload.texts.home; S.home.setAttribute("aria-label", payload.texts.home);
    renameZoom(payload.texts);
    if (payload.focus && S.viewed && JSON.stringify(payload.focus) !== JSON.stringify(before && before.focus) && payload.focus.move) goTo(payload.focus);
    repaint();
    cameraToAddress();
    document.documentElement.dataset.version = payload.version;
    if (payload.server && (!before || !before.server)) tellView();
  }
  function renameZoom(texts) {
    for (const [cls, text] of [["leaflet-control-zoom-in", texts.in], ["leaflet-control-zoom-out", texts.out]]) {
      const a = document.querySelector("." + cls);
      if (a) { a.title = text; a.setAttribute("aria-label", text); }
    }
  }
  function goTo(focus) {
    if (cameraFromAddress() && !S.seenFocus) { S.seenFocus = true; return; }
    S.seenFocus = true;
    const km = focus.km || 8, d = L.latLng(focus.lat, focus.lon).toBounds(km * 2000);
    S.frame = d; // kept in view when the frame changes its size, until the visitor moves the map
    S.moved = false;
    showFrame();
  }

  /* ---------- painting ---------- */
  function repaint() {
    if (!S.map || !S.payload || !S.viewed) return;
    paintAreas();
    const size = S.map.getSize(), dpr = window.devicePixelRatio || 1, padX = size.x * PAD, padY = size.y * PAD;
    const w = size.x + 2 * padX, h = size.y + 2 * padY, canvas = S.canvas;
    if (canvas.width !== Math.round(w * dpr) || canvas.height !== Math.round(h * dpr)) {
      canvas.width = Math.round(w * dpr); canvas.height = Math.round(h * dpr);
      canvas.style.width = w + "px"; canvas.style.height = h + "px";
    }
    L.DomUtil.setPosition(canvas, S.map.containerPointToLayerPoint([-padX, -padY]));
    const ctx = canvas.getContext("2d");
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    ctx.clearRect(0, 0, w, h);
    ctx.translate(padX, padY);
    S.marks = marksFor(S.payload.sites, size, { minX: -padX, minY: -padY, maxX: size.x + padX, maxY: size.y + padY });
    const focus = S.payload.focus;
    drawRings(ctx, focus && focus.mark !== false ? [[focus.lat, focus.lon, focus.km]] : []);
    for (const m of S.marks) m.r = radius(m);
    for (const m of S.marks) if (!m.approximate) drawMark(ctx, m);
    drawRings(ctx, S.payload.rings);
    drawLabels(ctx, size);
    canvas.style.visibility = "visible";
    const root = document.documentElement.dataset;
    root.shown = String(S.marks.reduce((n, m) => n + m.count, 0));
    root.marks = String(S.marks.length);
  }

  /* Far out and crowded, circles and names would hide each other: then each gmina is one circle with all its results under its name. */
  const CROWDED = 55, CROWDED_SMALL = 26, OVERVIEW_BELOW_ZOOM = 10.25, MANY_AREAS = 60;
  function marksFor(sites, size, box) {
    const marks = cluster(sites, box), limit = size.x < 520 ? CROWDED_SMALL : CROWDED;
    const overview = !S.payload.server && S.map.getZoom() < OVERVIEW_BELOW_ZOOM && S.labels.length && S.labels.length <= MANY_AREAS && (S.payload.byArea || marks.length > limit);
    document.documentElement.dataset.overview = overview ? "1" : "";
    return overview ? byArea(sites) : marks;
  }
  function byArea(sites) {
    const found = new Map();
    for (const s of sites) {
      const code = areaOf(s), m = found.get(code);
      if (m) { m.count += s[3]; m.sites.push(s); } else found.set(code, { count: s[3], sites: [s], area: code });
    }
    for (const m of found.values()) { const p = S.map.latLngToContainerPoint(S.labelByCode.get(m.area).at); m.x = p.x; m.y = p.y; }
    return [...found.values()];
  }
  /* The gmina of a site: its own code, else the boundary round it, else (a village just beyond a simplified line) the nearest name. */
  function areaOf(s) {
    if (s[6]) return s[6];
    const key = s[0] + ":" + s[1], known = S.areaOfSite.get(key);
    if (known) return known;
    const lat = s[0] / 1e5, lon = s[1] / 1e5;
    let code = null;
    for (const [teryt, layer] of S.areaByCode) if (inside(layer.feature.geometry, lon, lat)) { code = teryt; break; }
    if (!code) code = S.labels.reduce((best, l) => (Math.hypot(l.at.lat - lat, l.at.lng - lon) < best.d ? { d: Math.hypot(l.at.lat - lat, l.at.lng - lon), code: l.code } : best), { d: Infinity, code: "" }).code;
    S.areaOfSite.set(key, code);
    return code;
  }
  function inside(geometry, x, y) {
    const polygons = geometry.type === "MultiPolygon" ? geometry.coordinates : [geometry.coordinates];
    return polygons.some((rings) => rings.filter((ring) => inRing(ring, x, y)).length % 2 === 1);
  }
  function inRing(ring, x, y) {
    let odd = false;
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [xi, yi] = ring[i], [xj, yj] = ring[j];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
    }
    return odd;
  }

  /* A site is [lat*1e5, lon*1e5, layer, count, row, name] and the TERYT when it stands for a whole gmina; sites nearer than a cell become one cluster. */
  function cluster(sites, box) {
    const cells = new Map(), alone = [], zoomed = S.map.getZoom() >= CLOSE_ZOOM, size = S.payload.server || zoomed ? 18 : CLUSTER_CELL_PX;
    for (const s of sites) {
      const p = S.map.latLngToContainerPoint([s[0] / 1e5, s[1] / 1e5]);
      if (p.x < box.minX || p.x > box.maxX || p.y < box.minY || p.y > box.maxY) continue;
      if (s[6]) { alone.push({ x: p.x, y: p.y, count: s[3], sites: [s], approximate: true, code: s[6] }); continue; }
      const key = Math.floor((p.x + 1e6) / size) + ":" + Math.floor((p.y + 1e6) / size), c = cells.get(key);
      if (c) { c.sx += p.x * s[3]; c.sy += p.y * s[3]; c.count += s[3]; c.sites.push(s); } else cells.set(key, { sx: p.x * s[3], sy: p.y * s[3], count: s[3], sites: [s] });
    }
    const near = [];
    for (const c of cells.values()) near.push({ x: c.sx / c.count, y: c.sy / c.count, count: c.count, sites: c.sites });
    return mergeTouching(near).concat(alone);
  }
  /* Cells can leave two circles over each other at a border: those that would overlap become one. */
  function mergeTouching(marks) {
    if (marks.length > 600) return marks;
    const out = [];
    for (const m of marks) {
      const hit = out.find((o) => (o.x - m.x) ** 2 + (o.y - m.y) ** 2 < (radius(o) + radius(m) + 2) ** 2);
      if (!hit) { out.push(m); continue; }
      const n = hit.count + m.count;
      hit.x = (hit.x * hit.count + m.x * m.count) / n; hit.y = (hit.y * hit.count + m.y * m.count) / n;
      hit.count = n; hit.sites = hit.sites.concat(m.sites);
    }
    return out;
  }
  function radius(m) {
    if (m.area) return (S.map.getSize().x < 520 ? 0.78 : 1) * (10 + Math.min(9, 3 * Math.log10(m.count)));
    if (m.count === 1) return SHAPE_PX;
    return 9.5 + Math.min(10, 3.2 * Math.log10(m.count) * 1.6);
  }
  function drawMark(ctx, m) {
    const c = colours(), r = m.r;
    if (m.count === 1 && m.sites[0][2] >= 0) {
      const sym = S.payload.symbols[m.sites[0][2]];
      return shape(ctx, sym[1], m.x, m.y, SHAPE_PX, sym[0], c.mark);
    }
    ctx.beginPath(); ctx.arc(m.x, m.y, r, 0, 2 * Math.PI);
    ctx.fillStyle = c.mark; ctx.fill(); ctx.lineWidth = 1.8; ctx.strokeStyle = ring(m, c); ctx.stroke();
    number(ctx, m, c.ink, r);
  }
  function ring(m, c) {
    const first = m.sites[0][2];
    return first >= 0 && m.sites.every((s) => s[2] === first) ? S.payload.symbols[first][0] : c.ring;
  }
  function count(n) { return n.toLocaleString(S.payload.lang); }
  function number(ctx, m, ink, r) {
    ctx.fillStyle = ink; ctx.textAlign = "center"; ctx.textBaseline = "middle";
    ctx.font = "700 " + (r > 15 ? 13 : r > 12 ? 11.5 : 10) + "px " + FONT;
    ctx.fillText(count(m.count), m.x, m.y + 0.5);
  }
  const FONT = '"Source Sans", "Segoe UI", sans-serif';

  function polygon(ctx, x, y, r, sides, turn) {
    for (let i = 0; i < sides; i++) {
      const a = turn + (2 * Math.PI * i) / sides;
      ctx[i ? "lineTo" : "moveTo"](x + r * Math.cos(a), y + r * Math.sin(a));
    }
    ctx.closePath();
  }
  const UP = -Math.PI / 2;
  const SHAPES = {
    circle: (c, x, y, r) => c.arc(x, y, r, 0, 2 * Math.PI),
    square: (c, x, y, r) => c.rect(x - r * 0.88, y - r * 0.88, r * 1.76, r * 1.76),
    diamond: (c, x, y, r) => polygon(c, x, y, r * 1.2, 4, UP),
    triangle: (c, x, y, r) => polygon(c, x, y + r * 0.2, r * 1.25, 3, UP),
    "triangle-down": (c, x, y, r) => polygon(c, x, y - r * 0.2, r * 1.25, 3, -UP),
    pentagon: (c, x, y, r) => polygon(c, x, y, r * 1.1, 5, UP),
    hexagon: (c, x, y, r) => polygon(c, x, y, r * 1.1, 6, 0),
    star: (c, x, y, r) => { for (let i = 0; i < 10; i++) { const a = UP + (Math.PI * i) / 5, q = i % 2 ? r * 0.55 : r * 1.35; c[i ? "lineTo" : "moveTo"](x + q * Math.cos(a), y + q * Math.sin(a)); } c.closePath(); },
    cross: (c, x, y, r) => { const t = r * 0.42, q = r * 1.1; c.moveTo(x - t, y - q); for (const [dx, dy] of [[t, -q], [t, -t], [q, -t], [q, t], [t, t], [t, q], [-t, q], [-t, t], [-q, t], [-q, -t], [-t, -t]]) c.lineTo(x + dx, y + dy); c.closePath(); },
  };
  function shape(ctx, kind, x, y, r, fill, edge) {
    ctx.beginPath();
    (SHAPES[kind] || SHAPES.circle)(ctx, x, y, r);
    ctx.fillStyle = fill; ctx.fill(); ctx.lineWidth = 1.4; ctx.strokeStyle = edge; ctx.stroke();
  }
  /* A ring is [lat, lon, km, number]: a dashed circle round a pin, or round a disc with its number. */
  function drawRings(ctx, rings) {
    for (const [lat, lon, km, label] of rings) {
      const c = colours(), p = S.map.latLngToContainerPoint([lat, lon]), edge = L.latLng(lat, lon).toBounds((km || 0) * 2000).getNorthWest();
      if (km) { ctx.beginPath(); ctx.arc(p.x, p.y, Math.abs(S.map.latLngToContainerPoint(edge).y - p.y), 0, 2 * Math.PI); ctx.setLineDash([6, 5]); ctx.lineWidth = 2; ctx.strokeStyle = c.select; ctx.stroke(); ctx.setLineDash([]); }
      ctx.beginPath(); ctx.arc(p.x, p.y, label ? 11 : 5, 0, 2 * Math.PI); ctx.fillStyle = label ? c.deep : c.select; ctx.fill(); ctx.lineWidth = 2; ctx.strokeStyle = c.mark; ctx.stroke();
      if (label) number(ctx, { x: p.x, y: p.y, count: label }, c.onDeep, 16);
    }
  }

  /* ---------- names that no mark hides ----------
   * Records known only to lie somewhere in a gmina are part of its name: a dashed tag with their number, never a point. */
  const TRIES = [[0, 0]];
  for (const r of [16, 24, 32, 40, 50, 60]) for (let i = 0; i < 12; i++) TRIES.push([Math.round(1.25 * r * Math.sin((i * Math.PI) / 6)), Math.round(-r * Math.cos((i * Math.PI) / 6))]);
  const MANY_NAMES = 200, ROUGH_PX = 5;
  function drawLabels(ctx, size) {
    const placed = [], px = size.x < 520 ? 11 : 12.5, selected = new Set(S.payload.selected);
    const circles = new Map(S.marks.filter((m) => m.area).map((m) => [m.area, m.r]));
    const rough = new Map(S.marks.filter((m) => m.approximate).map((m) => [m.code, m]));
    const boxes = S.marks.filter((m) => !m.approximate).concat(S.payload.rings.map(([lat, lon]) => Object.assign({ r: 11 }, S.map.latLngToContainerPoint([lat, lon])))).map((m) => [m.x - m.r - 2, m.y - m.r - 2, m.x + m.r + 2, m.y + m.r + 2]);
    ctx.textBaseline = "middle"; ctx.lineJoin = "round";
    const seen = S.labels.map((l) => ({ code: l.code, name: l.name, p: S.map.latLngToContainerPoint(l.at), rough: rough.get(l.code), bounds: l.bounds, circle: circles.get(l.code) }))
      .filter((l) => l.p.x > -60 && l.p.y > -20 && l.p.x < size.x + 60 && l.p.y < size.y + 20);
    const shown = seen.length > MANY_NAMES ? seen.filter((l) => l.rough) : seen;
    const weight = (l) => (selected.has(l.code) ? 1e6 : 0) + (l.rough ? 1 + l.rough.count : 0) - (l.circle ? reachOf(l) / 1e3 : 0); // the smallest gminas have the fewest places for a name
    for (const label of shown.sort((a, b) => weight(b) - weight(a))) placeLabel(ctx, label, px, boxes, placed);
    document.documentElement.dataset.names = String(placed.length);
    drawPlaces(ctx, size, boxes, placed);
  }
  function placeLabel(ctx, label, px, boxes, placed) {
    const found = fitLabel(ctx, label, px, boxes, placed) || fitLabel(ctx, label, px - 1.5, boxes, placed) || tagOnly(ctx, label, px, boxes, placed);
    if (!found) return;
    placed.push(found.spot.box);
    drawLabel(ctx, label, found.spot, found);
    if (label.rough) { label.rough.x = found.spot.x + found.width / 2 - found.tag / 2; label.rough.y = found.spot.y; label.rough.box = found.spot.box; }
  }
  function measure(ctx, label, px) {
    ctx.font = "600 " + px + "px " + FONT;
    const digits = label.rough ? count(label.rough.count) : "", name = ctx.measureText(label.name).width;
    ctx.font = "700 " + px + "px " + FONT;
    const tag = digits ? ctx.measureText(digits).width + 2 * ROUGH_PX : 0;
    return { px, digits, name, tag, width: name + (tag ? tag + 5 : 0) };
  }
  function fitLabel(ctx, label, px, boxes, placed) {
    const size = measure(ctx, label, px), spot = freeSpot(label, size.width / 2 + 1, px, boxes, placed);
    return spot && Object.assign(size, { spot });
  }
  /* Without room for the name its records must still be there: the tag alone, beside the circles or at worst over one. */
  function tagOnly(ctx, label, px, boxes, placed) {
    if (!label.rough) return null;
    const size = measure(ctx, label, px), spot = freeSpot(label, size.tag / 2 + 1, px, boxes, placed, true) || boxAt(label.p, size.tag / 2, px);
    return Object.assign(size, { spot, name: 0, width: size.tag });
  }
  function drawLabel(ctx, label, spot, size) {
    const c = colours(), left = spot.x - size.width / 2;
    ctx.textAlign = "left";
    ctx.font = "600 " + size.px + "px " + FONT;
    if (size.name) {
      ctx.lineWidth = 3.4; ctx.strokeStyle = c.halo; ctx.strokeText(label.name, left, spot.y);
      ctx.fillStyle = c.ink; ctx.fillText(label.name, left, spot.y);
    }
    if (!size.tag) return;
    const x = left + (size.name ? size.name + 5 : 0), h = size.px + 6;
    ctx.beginPath(); ctx.roundRect(x, spot.y - h / 2, size.tag, h, 5);
    ctx.fillStyle = c.mark; ctx.fill(); ctx.setLineDash([3, 2.5]); ctx.lineWidth = 1.4; ctx.strokeStyle = c.ring; ctx.stroke(); ctx.setLineDash([]);
    ctx.font = "700 " + size.px + "px " + FONT;
    ctx.fillStyle = c.ink; ctx.fillText(size.digits, x + ROUGH_PX, spot.y + 0.5);
  }
  function boxAt(p, half, px) { return { x: p.x, y: p.y, box: [p.x - half, p.y - px * 0.75, p.x + half, p.y + px * 0.75] }; }
  /* A name may step aside only within its own gmina: farther off it would seem to name the neighbour. */
  function reachOf(label) {
    if (!label.bounds) return 20;
    const ne = S.map.latLngToContainerPoint(label.bounds.getNorthEast()), sw = S.map.latLngToContainerPoint(label.bounds.getSouthWest());
    return Math.max(17, 0.5 * Math.min(ne.x - sw.x, sw.y - ne.y));
  }
  function freeSpot(label, half, px, marks, placed, wide) {
    const beside = label.circle ? label.circle + px * 0.75 + 3 : 0, reach = reachOf(label) * (wide ? 1.4 : 1), width = S.map.getSize().x;
    const aside = half + (label.circle || 0) + 3, first = label.circle ? [[0, beside], [0, -beside], [aside, 0], [-aside, 0]] : [];
    for (const [dx, dy] of [...first, ...TRIES.filter(([x, y]) => Math.hypot(x / 1.25, y) <= reach)]) {
      const x = Math.min(Math.max(label.p.x + dx, half + 2), width - half - 2), spot = boxAt({ x, y: label.p.y + dy }, half, px);
      if (!marks.some((b) => touch(b, spot.box)) && !placed.some((b) => touch(b, spot.box))) return spot;
    }
    return null;
  }
  /* Villages are named from the zoom at which there is room for them, the larger ones first. */
  const PLACES_FROM_ZOOM = 10.5, PLACE_PX = 11;
  function drawPlaces(ctx, size, boxes, placed) {
    if (S.map.getZoom() < PLACES_FROM_ZOOM) return;
    const c = colours();
    ctx.font = "400 " + PLACE_PX + "px " + FONT; ctx.textAlign = "center"; ctx.lineWidth = 3;
    for (const [lat, lon, name] of S.places) {
      const p = S.map.latLngToContainerPoint([lat / 1e5, lon / 1e5]);
      if (p.x < 0 || p.y < 0 || p.x > size.x || p.y > size.y) continue;
      if (!boxes.some((b) => touch(b, [p.x - 2, p.y - 2, p.x + 2, p.y + 2]))) { ctx.beginPath(); ctx.arc(p.x, p.y, 1.8, 0, 2 * Math.PI); ctx.fillStyle = c.line; ctx.fill(); }
      const half = ctx.measureText(name).width / 2 + 3;
      const spot = [[0, 13], [0, -12], [0, 20], [0, -19], [0, 28], [0, -27]].map(([dx, dy]) => boxAt({ x: p.x + dx, y: p.y + dy }, half, PLACE_PX * 0.8))
        .find((s) => !boxes.some((b) => touch(b, s.box)) && !placed.some((b) => touch(b, s.box)));
      if (!spot) continue;
      placed.push(spot.box);
      ctx.strokeStyle = c.halo; ctx.strokeText(name, spot.x, spot.y); ctx.fillStyle = c.quiet; ctx.fillText(name, spot.x, spot.y);
    }
  }
  function touch(a, b) { return a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1]; }

  /* ---------- pointing ---------- */
  function markAt(point, reach) {
    let best = null, bestD = Infinity;
    for (const m of S.marks) {
      if (m.box) { if (point.x >= m.box[0] && point.x <= m.box[2] && point.y >= m.box[1] && point.y <= m.box[3] && bestD > 1) { best = m; bestD = 1; } continue; }
      const d = Math.hypot(m.x - point.x, m.y - point.y);
      if (d <= Math.max(m.r || 0, reach) && d < bestD) { best = m; bestD = d; }
    }
    return best;
  }
  function hover(e) {
    const m = markAt(e.containerPoint, HIT_PX), root = S.map.getContainer();
    root.style.cursor = m ? "pointer" : "";
    const text = m ? markText(m) : areaText();
    if (!text) return hideTip();
    S.tip.textContent = text;
    S.tip.hidden = false;
    const w = S.tip.offsetWidth, right = e.containerPoint.x + 16 + w > root.clientWidth;
    S.tip.style.left = (right ? e.containerPoint.x - w - 12 : e.containerPoint.x + 14) + "px";
    S.tip.style.top = Math.max(4, e.containerPoint.y - 34) + "px";
  }
  function hideTip() { if (S.tip) S.tip.hidden = true; }
  function areaText() {
    const layer = S.hoverCode && S.areaByCode.get(S.hoverCode);
    if (!layer) return "";
    const value = S.payload && S.payload.values ? S.payload.values[S.hoverCode] : "";
    return layer.feature.properties.name + (value ? " · " + value : "");
  }
  function markText(m) {
    const t = S.payload.texts;
    if (m.area) return S.labelByCode.get(m.area).name + " · " + t.cluster.replace("{n}", count(m.count));
    if (m.sites.length === 1) {
      const s = m.sites[0], name = s[5] || "";
      if (m.approximate) return name + " · " + t.approximate + " · " + m.count;
      return m.count === 1 ? name : name + " · " + m.count;
    }
    return t.cluster.replace("{n}", count(m.count));
  }
  function pick(e) {
    const touchLike = e.originalEvent && e.originalEvent.pointerType === "touch", m = markAt(e.containerPoint, touchLike ? TOUCH_HIT_PX : HIT_PX);
    const area = S.clickedArea;
    S.clickedArea = null;
    if (!m) { if (area) tell({ gmina: area }); return; }
    hideTip();
    if (m.area) { S.moved = true; S.map.fitBounds(S.areaByCode.get(m.area).getBounds(), { padding: [20, 20] }); return; }
    const rows = m.sites.filter((s) => s[4] >= 0);
    if (m.sites.length === 1 && rows.length === 1) { tell({ place: [rows[0][0], rows[0][1]], count: m.count, approximate: !!m.approximate }); return; }
    const bounds = L.latLngBounds(m.sites.map((s) => [s[0] / 1e5, s[1] / 1e5]));
    S.moved = true;
    if (S.payload.server) S.map.setView(bounds.getCenter(), Math.min(18, S.map.getZoom() + 2));
    else S.map.fitBounds(bounds, { maxZoom: Math.max(CONTEXT_ZOOM, S.map.getZoom() + 1.5), padding: [60, 60] });
  }

  /* For tests and for people who script the page: where is a mark now, and what does it hold? */
  function marks() { return S.marks.map((m) => ({ x: m.x, y: m.y, count: m.count, approximate: !!m.approximate, names: m.sites.map((s) => s[5]) })); }
  function areaPoint(code) { const l = S.labels.find((a) => a.code === code); return l ? S.map.latLngToContainerPoint(l.at) : null; }
  window.Mapa = { boot, layer, marks, areaPoint, view: () => viewNow() };
})();
