// A stand-in for the provider's script, with the part of its surface that the checkout uses. It draws its fields into
// the page itself, where the real one uses frames of its own.
(() => {
  const origin = new URL(document.currentScript.src).origin;

  async function ask(key, path, values) {
    const body = new URLSearchParams({ key, ...values });
    const response = await fetch(`${origin}${path}`, { method: "POST", body });
    return response.json();
  }

  function elementsOf(options) {
    const fields = { number: "" };
    const listeners = {};
    return {
      options,
      fields,
      create(type) {
        if (type !== "payment") throw new Error(`No element of type ${type}`);
        let box;
        return {
          on(name, listener) {
            listeners[name] = listener;
          },
          mount(target) {
            box = document.createElement("div");
            const label = document.createElement("label");
            label.textContent = "Card number ";
            const input = document.createElement("input");
            input.inputMode = "numeric";
            input.autocomplete = "cc-number";
            input.addEventListener("input", () => {
              fields.number = input.value;
              listeners.change?.({ complete: input.value.replaceAll(" ", "").length >= 12, empty: input.value === "" });
            });
            label.append(input);
            box.append(label);
            target.append(box);
            queueMicrotask(() => listeners.ready?.());
          },
          unmount() {
            box?.remove();
          },
          destroy() {
            box?.remove();
          },
        };
      },
      update(changed) {
        Object.assign(options, changed);
      },
      async submit() {
        return fields.number === ""
          ? { error: { type: "validation_error", code: "incomplete_number", message: "Your card number is incomplete." } }
          : {};
      },
    };
  }

  function question() {
    return new Promise((resolve) => {
      const dialog = document.createElement("dialog");
      const title = document.createElement("h2");
      title.textContent = "Your bank asks: is this you?";
      dialog.append(title);
      for (const [text, succeeds] of [
        ["Complete authentication", "true"],
        ["Fail authentication", "false"],
      ]) {
        const button = document.createElement("button");
        button.textContent = text;
        button.addEventListener("click", () => {
          dialog.close();
          dialog.remove();
          resolve(succeeds);
        });
        dialog.append(button);
      }
      document.body.append(dialog);
      dialog.showModal();
    });
  }

  globalThis.Stripe = (key) => ({
    elements: (options) => elementsOf({ ...options }),
    async createPaymentMethod({ elements }) {
      const made = await ask(key, "/v1/payment_methods", { "card[number]": elements.fields.number });
      return made.error ? { error: made.error } : { paymentMethod: made };
    },
    async handleNextAction({ clientSecret }) {
      const intent = await ask(key, "/browser/authenticate", {
        client_secret: clientSecret,
        succeeds: await question(),
      });
      if (intent.error) return { error: intent.error };
      return intent.last_payment_error ? { error: intent.last_payment_error } : { paymentIntent: intent };
    },
  });
})();
