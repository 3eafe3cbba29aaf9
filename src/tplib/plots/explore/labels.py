"""Names and values of an explorer's controls for screen readers: ipywidgets gives its sliders none.

A slider's handle has no name, and its value is a place in the list ("28" for 1.00); a button does not say that it is
pressed. This script, which runs where the explorer was run, says it with ARIA, in the words that stand beside them.
"""

SCRIPT = """<script>
(() => {
  const observe = (node, what, act) => { new MutationObserver(act).observe(node, what); act(); };
  const set = (node, name, value) => { if (node.getAttribute(name) !== value) node.setAttribute(name, value); };
  const name = (node) => {
    const label = node.querySelector('.widget-label');
    for (const handle of node.querySelectorAll('[role=slider]')) {
      const shown = node.querySelector('.widget-readout');
      set(handle, 'aria-label', label.textContent);
      const tell = () => set(handle, 'aria-valuetext', shown.textContent);
      observe(shown, {childList: true, characterData: true, subtree: true}, tell);
      observe(handle, {attributes: true, attributeFilter: ['aria-valuetext']}, tell);
      set(shown, 'aria-hidden', 'true');
      shown.contentEditable = 'false';
    }
    const buttons = node.querySelectorAll('button');
    if (buttons.length) {
      set(buttons[0].parentNode, 'role', 'group');
      set(buttons[0].parentNode, 'aria-label', label.textContent);
    }
    for (const button of buttons) {
      const tell = () => set(button, 'aria-pressed', String(button.classList.contains('mod-active')));
      observe(button, {attributes: true, attributeFilter: ['class']}, tell);
    }
  };
  const nameAll = () => {
    for (const node of document.querySelectorAll('.tp-explorer :is(.widget-slider, .widget-toggle-buttons)')) {
      if (!node.tpNamed && node.querySelector('[role=slider], button')) { node.tpNamed = true; name(node); }
    }
  };
  if (window.tpNames) return nameAll();
  window.tpNames = true;
  let waiting;
  const later = () => { clearTimeout(waiting); waiting = setTimeout(nameAll, 200); };
  observe(document.body, {childList: true, subtree: true}, later);
})();
</script>"""
