/**
 * The one platform object the core may use: the URL Standard's parser, which every host of the core has.
 * Everything else of a platform (DOM, extension APIs, timers, clocks) is absent, so the compiler refuses it.
 */
declare class URL {
  constructor(url: string, base?: string);
  readonly href: string;
  readonly origin: string;
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly host: string;
  readonly hostname: string;
  readonly port: string;
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}
