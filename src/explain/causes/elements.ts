import { elementCode } from './paste.ts';
import { failsOn, isPreflight, issue } from './signs.ts';
import type { CauseRow, Scene } from './cause.ts';

const bare = ({ block }: Scene): boolean => !isPreflight(block) && failsOn(block, 'MissingAllowOriginHeader');

export const fontNeedsCors: CauseRow = {
  id: 'font-needs-cors', owner: 'api-server', source: 'https://drafts.csswg.org/css-fonts/#font-fetching-requirements',
  short: () => 'A font without CORS headers',
  explain: (scene) => (scene.exchange.type === 'font' && bare(scene)
    ? `Browsers load fonts from other origins only with CORS, and ${scene.host} sends no CORS headers. Send Access-Control-Allow-Origin: * with fonts, or serve them from the page's own origin.`
    : null),
  evidence: ({ response }) => `Type font · status ${response.status} without Access-Control-Allow-Origin`,
  fix: () => 'Copy the font to the page\'s own server.',
};

const elements: ReadonlyMap<string, string> = new Map([['image', 'image'], ['imageset', 'image'], ['media', 'media'], ['stylesheet', 'style sheet'], ['script', 'script']]);

export const elementAsksForCors: CauseRow = {
  id: 'element-asks-for-cors', owner: 'page', source: issue('lodash/lodash.com/pull/305'),
  short: ({ exchange }) => `The ${elements.get(exchange.type) ?? 'element'} is asked for with CORS`,
  explain: (scene) => {
    const element = elements.get(scene.exchange.type);
    return element !== undefined && bare(scene)
      ? `The page asks for this ${element} with CORS, through a crossorigin attribute or a module, and ${scene.host} sends no CORS headers. Drop crossorigin if no script has to read it; a module always needs the headers.`
      : null;
  },
  evidence: ({ exchange, response }) => `Type ${exchange.type} with the mode cors · status ${response.status} without Access-Control-Allow-Origin`,
  fix: () => 'Take the crossorigin attribute off the element, unless a canvas or a script reads the content.',
  code: ({ exchange, block }) => elementCode(exchange.type, block.hop.url, ''),
};
