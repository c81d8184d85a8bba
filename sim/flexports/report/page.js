"use strict";
// Looks up what was worked out before, and shows it. Nothing is computed here.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const slider = document.getElementById("ports");
  const byId = (id) => document.getElementById(id);

  function say(id, words) {
    byId(id).textContent = words;
    byId(id).hidden = !words;
  }

  function show() {
    const count = data.counts[data.at[slider.value]];
    byId("chosen").textContent = count.ports;
    byId("status").textContent = count.status;
    byId("count").dataset.status = count.status;
    slider.setAttribute("aria-valuetext", count.label);
    say("text", count.text);
    say("fewer", count.fewer);
    say("more", count.more);
    for (const each of document.querySelectorAll("[data-value]")) {
      each.textContent = count.values[each.dataset.value];
    }
    for (const each of document.querySelectorAll("[data-interval]")) {
      each.textContent = count.intervals[each.dataset.interval];
    }
  }

  function step(move) {
    move();
    show();
  }

  slider.addEventListener("input", show);
  slider.addEventListener("change", show);
  byId("down").addEventListener("click", () => step(() => slider.stepDown()));
  byId("up").addEventListener("click", () => step(() => slider.stepUp()));
  byId("slider").hidden = false;
  show();
})();
