// Islands on a page of questions: the small map, the pad to sign on, a whole date in the first box.
// All of it works by buttons and typing on the server too; here it answers at once.

const changed = (field) => field.dispatchEvent(new Event("change", { bubbles: true }));

// --- the small map -----------------------------------------------------------------------------

const METRES = 111320;
const across = (lat) => METRES * Math.cos((lat * Math.PI) / 180);
const WAYS = { north: [1, 0], south: [-1, 0], east: [0, 1], west: [0, -1] };
const PAIR = /(-?\d{1,3}\.\d+)[,;\s]+(-?\d{1,3}\.\d+)/;

const mapOf = (box) => {
  const svg = box.querySelector("svg");
  const field = box.querySelector("input[type=text]");
  const step = box.querySelector("select");
  const said = box.querySelector("[data-said]");
  const middle = () => {
    const typed = PAIR.exec(field.value);
    return typed ? [Number(typed[1]), Number(typed[2])] : [Number(svg.dataset.lat), Number(svg.dataset.lng)];
  };
  const unit = () => Number(svg.dataset.unit);

  const draw = ([lat, lng]) => {
    svg.dataset.lat = lat;
    svg.dataset.lng = lng;
    for (const place of svg.querySelectorAll("[data-lat]")) {
      const x = ((Number(place.dataset.lng) - lng) * across(lat)) / unit();
      const y = ((lat - Number(place.dataset.lat)) * METRES) / unit();
      place.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    }
  };
  const choose = (lat, lng) => {
    field.value = `${lat.toFixed(5)}, ${lng.toFixed(5)}`;
    said.textContent = field.value;
    draw([lat, lng]);
    changed(field);
  };
  const move = (way) => {
    const [lat, lng] = middle();
    const [north, east] = WAYS[way];
    const metres = Number(step.value);
    choose(lat + (north * metres) / METRES, lng + (east * metres) / across(lat));
  };

  box.addEventListener("click", (event) => {
    const button = event.target.closest("[name=move]");
    // The first press sets a point, and the server draws it; then the page moves it itself.
    if (button && svg.querySelector(".small-map__point")) {
      event.preventDefault();
      move(button.value.split(":")[1]);
    }
    if (event.target.closest("[data-locate]")) locate();
  });
  svg.addEventListener("click", (event) => {
    const frame = svg.getBoundingClientRect();
    const [lat, lng] = middle();
    const x = ((event.clientX - frame.left) / frame.width - 0.5) * 200;
    const y = ((event.clientY - frame.top) / frame.height - 0.5) * 200;
    choose(lat - (y * unit()) / METRES, lng + (x * unit()) / across(lat));
  });
  const locate = () => {
    said.textContent = box.dataset.here;
    const lost = () => (said.textContent = box.dataset.nowhere);
    if (!navigator.geolocation) return lost();
    navigator.geolocation.getCurrentPosition(({ coords }) => choose(coords.latitude, coords.longitude), lost, {
      enableHighAccuracy: true,
      timeout: 15000,
    });
  };
};

// --- the pad to sign on ------------------------------------------------------------------------

const padOf = (box) => {
  const pad = box.querySelector("canvas");
  const drawn = box.querySelector("[data-drawn]");
  const ink = pad.getContext("2d");
  let last = null;
  ink.lineWidth = 4;
  ink.lineCap = ink.lineJoin = "round";
  ink.strokeStyle = "#06323b";

  const spot = (event) => {
    const frame = pad.getBoundingClientRect();
    const scale = pad.width / frame.width;
    return [(event.clientX - frame.left) * scale, (event.clientY - frame.top) * scale];
  };
  pad.addEventListener("pointerdown", (event) => {
    pad.setPointerCapture(event.pointerId);
    last = spot(event);
    event.preventDefault();
  });
  pad.addEventListener("pointermove", (event) => {
    if (!last) return;
    const next = spot(event);
    ink.beginPath();
    ink.moveTo(...last);
    ink.lineTo(...next);
    ink.stroke();
    last = next;
  });
  const lift = () => {
    if (!last) return;
    last = null;
    drawn.setAttribute("value", pad.toDataURL("image/png"));
    changed(drawn);
  };
  pad.addEventListener("pointerup", lift);
  pad.addEventListener("pointercancel", lift);
  box.querySelector("[data-clear]").addEventListener("click", () => {
    ink.clearRect(0, 0, pad.width, pad.height);
    drawn.setAttribute("value", "");
  });
};

// --- a whole date pasted or typed into the box of the day -----------------------------------------

const WHOLE = /^\s*(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4})\s*$/;
document.addEventListener("input", (event) => {
  const day = event.target.closest("[data-whole-date]");
  const found = day && WHOLE.exec(day.value);
  if (!found) return;
  const name = day.name.slice(0, -".day".length);
  for (const [part, value] of [["day", found[1]], ["month", found[2]], ["year", found[3]]])
    day.form.elements[`${name}.${part}`].value = value;
});

document.querySelectorAll("[data-map]").forEach(mapOf);
document.querySelectorAll("[data-sign]").forEach(padOf);
