/**
 * Clicks in the document that it is asked about, as a user does, and evaluates code there: in a sandbox with the
 * document's own rights and globals, for the Content Security Policy of an extension's page allows no eval.
 */
export class EvaluateChild extends JSWindowActorChild {
  receiveMessage({ name, data }) {
    return name === 'Click' ? this.click(data) : this.evaluate(data);
  }

  click({ selector }) {
    const userInput = this.contentWindow.windowUtils.setHandlingUserInput(true);
    try {
      this.document.querySelector(selector).click();
    } finally {
      userInput.destruct();
    }
  }

  async evaluate({ code }) {
    const window = this.contentWindow;
    const sandbox = Cu.Sandbox(window, { sandboxPrototype: window, sameZoneAs: window, wantXrays: false });
    try {
      return { json: await Cu.evalInSandbox(`(async () => JSON.stringify({ value: await (${code}) }))()`, sandbox) };
    } catch (error) {
      return { error: `${error}\n${error?.stack ?? ''}` };
    }
  }
}
