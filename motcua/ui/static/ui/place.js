// Where and when a picture was taken, as this device says: asked when a picture is chosen, shown in
// words before it is sent. Without it the place is typed.

const ASKED = { enableHighAccuracy: true, timeout: 15000, maximumAge: 10000 };

const placeOf = (form) => {
  const said = form.querySelector("[data-said]");
  const fill = (name, value) => form.elements[name].setAttribute("value", value);

  const found = ({ coords }) => {
    fill("lat", coords.latitude.toFixed(6));
    fill("lng", coords.longitude.toFixed(6));
    fill("accuracy", Math.round(coords.accuracy));
    said.textContent = `Vị trí của máy: ${coords.latitude.toFixed(5)}, ${coords.longitude.toFixed(5)}, sai số ${Math.round(coords.accuracy)} m.`;
  };
  const lost = () => {
    said.textContent = "Máy không cho biết vị trí. Bạn ghi bằng chữ.";
  };

  form.elements.photo.addEventListener("change", () => {
    fill("at", new Date().toISOString());
    if (!navigator.geolocation) return lost();
    said.textContent = "Đang tìm vị trí của máy.";
    navigator.geolocation.getCurrentPosition(found, lost, ASKED);
  });
};

document.querySelectorAll("[data-place]").forEach(placeOf);
