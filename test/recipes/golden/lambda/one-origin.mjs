const corsOrigins = new Set(['https://app.example']);

// Wrap the handler: export const handler = withCors(async (event, context) => { ... });
function withCors(handler) {
  return async (event, context) => {
    const sent = lowercase(event.headers);
    // An OPTIONS request that is no preflight goes on to the handler.
    const method = event.requestContext.http?.method ?? event.httpMethod;
    const isPreflight = method === 'OPTIONS' && sent['access-control-request-method'] !== undefined;
    let answer;
    try {
      answer = isPreflight ? { statusCode: 204 } : await handler(event, context);
    } catch (error) {
      // Lambda would answer, without these headers.
      console.error(error);
      answer = { statusCode: 500, body: 'Internal Server Error' };
    }
    if (answer?.statusCode === undefined) {
      // What AWS makes of a value that is no response.
      const body = typeof answer === 'string' ? answer : JSON.stringify(answer);
      answer = { statusCode: 200, headers: { 'Content-Type': 'application/json' }, body };
    }
    // These lines alone decide: what came from elsewhere goes.
    const given = Object.entries(lowercase(answer.headers)).filter(([name]) => !name.startsWith('access-control-'));
    const headers = Object.fromEntries(given);
    // Also for an origin that is refused: a cache must not replay that response to another.
    headers.vary = headers.vary === undefined ? 'Origin' : `${headers.vary}, Origin`;
    if (corsOrigins.has(sent.origin)) headers['access-control-allow-origin'] = sent.origin;
    return { ...answer, headers };
  };
}

const lowercase = (headers) => Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]));
