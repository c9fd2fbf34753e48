/** Configurations that make the error go away and the server unsafe. The origin that is meant: https://shop.example. */
const dangers: readonly { readonly what: string; readonly example: string; readonly why: string }[] = [
  {
    what: 'Repeating any origin, with credentials',
    example: 'Access-Control-Allow-Origin: whatever Origin says',
    why: 'Every site on the web can read what belongs to your signed-in users. Choose from a list of origins.',
  },
  {
    what: 'Comparing how an origin begins',
    example: 'origin.startsWith("https://shop.example")',
    why: 'https://shop.example.evil.example begins like that, too. Compare the whole origin.',
  },
  {
    what: 'Comparing how an origin ends',
    example: 'origin.endsWith("shop.example")',
    why: 'Anybody can register https://evilshop.example. Compare the whole origin.',
  },
  {
    what: 'A loose pattern',
    example: '/https:\\/\\/www.shop.example/',
    why: 'The dot stands for any character, so https://wwwxshop.example fits, and so does anything before and after. Write a list instead.',
  },
  {
    what: 'Allowing the origin null',
    example: 'Access-Control-Allow-Origin: null',
    why: 'Any site can send Origin: null from a sandboxed frame. Give the page an origin instead.',
  },
  {
    what: 'Asking with mode: "no-cors"',
    example: 'fetch(url, { mode: "no-cors" })',
    why: 'The error is gone, and so is the response: no script can read it. It repairs nothing.',
  },
  {
    what: 'A public CORS proxy, or a browser without web security',
    example: '--disable-web-security',
    why: 'The proxy reads every token that passes through it, and your users have neither. Repair the server, or call it from a server of your own.',
  },
];

export const NeverDoThis = () => (
  <details class="never-do-this">
    <summary>Never do this</summary>
    <p>Each of these makes the error go away and opens a door. The origin that is meant is https://shop.example.</p>
    <dl>
      {dangers.map(({ what, example, why }) => (
        <div key={what}><dt>{what}</dt><dd><code>{example}</code></dd><dd>{why}</dd></div>
      ))}
    </dl>
  </details>
);
