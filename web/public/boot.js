// Runs before the first paint, so that a dark room stays dark: the theme is on <html> before anything is drawn.
(() => {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    const wish = localStorage.getItem("theme") || "system";
    const theme = wish === "system" ? (dark.matches ? "dark" : "light") : wish;
    document.documentElement.dataset.theme = theme;
    const bar = document.querySelector('meta[name="theme-color"]');
    if (bar) bar.content = theme === "dark" ? "#0f1413" : "#f6f7f5";
    dispatchEvent(new Event("themechange"));
  };
  dark.addEventListener("change", apply);
  addEventListener("themewish", apply);
  addEventListener("storage", (event) => event.key === "theme" && apply());
  apply();
})();
