// Light, dark, or as the system has it. A module of its own, so that the colours are right before anything is drawn.

const ORDER = ["system", "light", "dark"];
const SIGNS = { system: "◐", light: "☀", dark: "☾" };
const WORDS = { system: "as the system", light: "light", dark: "dark" };

const kept = () => {
  try {
    const theme = localStorage.getItem("theme");
    return ORDER.includes(theme) ? theme : "system";
  } catch {
    return "system"; // storage may be forbidden
  }
};

function show(theme) {
  if (theme === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  const button = document.getElementById("theme");
  button.textContent = SIGNS[theme];
  button.setAttribute("aria-label", `Colours: ${WORDS[theme]}`);
  button.title = `Colours: ${WORDS[theme]}`;
}

let theme = kept();
show(theme);
document.getElementById("theme").addEventListener("click", () => {
  theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // it holds until the page is left
  }
  show(theme);
});
