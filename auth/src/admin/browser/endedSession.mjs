// A session may end, or a right be taken, while the page is open: the page that a reload gives says what is the matter.
// eslint-disable-next-line @typescript-eslint/unbound-method -- it is applied to the request itself
const { open } = XMLHttpRequest.prototype;
XMLHttpRequest.prototype.open = /** @type {typeof open} */ (
  /** @this {XMLHttpRequest} @param {Parameters<typeof open>} args */
  function (...args) {
    this.addEventListener('load', () => {
      if (this.status === 401 || this.responseText.includes('"not_administrator"')) window.location.reload();
    });
    open.apply(this, args);
  }
);
