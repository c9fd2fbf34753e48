/**
 * Evaluates code in the document that it is asked about: in a sandbox with the document's own rights and globals, for
 * the Content Security Policy of an extension's page allows no eval.
 */
export class EvaluateChild extends JSWindowActorChild {
  async receiveMessage({ data: { code } }) {
    const window = this.contentWindow;
    const sandbox = Cu.Sandbox(window, { sandboxPrototype: window, sameZoneAs: window, wantXrays: false });
    try {
      return { json: await Cu.evalInSandbox(`(async () => JSON.stringify({ value: await (${code}) }))()`, sandbox) };
    } catch (error) {
      return { error: `${error}\n${error?.stack ?? ''}` };
    }
  }
}
