import { differingParts } from '../../../src/index.ts';
import { Text } from '../text.tsx';

const partNames = ['scheme', 'host', 'port'] as const;

/** Why the browser asks the server at all: the two origins, taken apart. */
export function OriginsCompared({ page, server }: { readonly page: string; readonly server: string }) {
  const differing = differingParts(page, server);
  return (
    <>
      <h2>Why this is cross-origin</h2>
      {differing === null
        ? <p>The request comes from the origin <code><Text of={page} /></code>, which is the same as no other. So CORS decides about every response.</p>
        : differing.length === 0
          ? <p>A redirect left the page's origin on the way, so CORS decides even about a response that comes from it.</p>
          : (
            <>
              <p>An origin is a scheme, a host and a port. These two differ in the {differing.join(' and the ')}, so a script may read the response only if the server says so.</p>
              <table class="origins">
                <thead><tr><td />{partNames.map((name) => <th key={name} scope="col">{name}</th>)}</tr></thead>
                <tbody>
                  {([['Page', page], ['Server', server]] as const).map(([name, origin]) => (
                    <tr key={name}>
                      <th scope="row">{name}</th>
                      {partsOf(origin).map((part, index) => {
                        const isDifferent = differing.some((differs) => differs === partNames[index]);
                        return <td key={partNames[index]}>{isDifferent ? <mark><Text of={part} /></mark> : <Text of={part} />}</td>;
                      })}
                    </tr>
                  ))}
                </tbody>
              </table>
            </>
          )}
    </>
  );
}

const defaultPorts: ReadonlyMap<string, string> = new Map([['http:', '80'], ['https:', '443']]);

function partsOf(origin: string): readonly [scheme: string, host: string, port: string] {
  const { protocol, hostname, port } = new URL(origin);
  return [protocol.slice(0, -1), hostname, port || (defaultPorts.get(protocol) ?? '–')];
}
