// A failed attempt may come back with "?error" instead of the fragment that works without script.
if (new URLSearchParams(location.search).has("error")) {
  location.replace("#failed");
}
