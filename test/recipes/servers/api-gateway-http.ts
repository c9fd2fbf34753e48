import { cloudFormation } from '../cloudformation.ts';
import { readListed } from '../listed-policy.ts';

interface Part {
  readonly CorsConfiguration: {
    readonly AllowOrigins: readonly string[];
    readonly AllowCredentials?: true;
    readonly AllowMethods: readonly string[];
    readonly AllowHeaders?: readonly string[];
    readonly ExposeHeaders?: readonly string[];
    readonly MaxAge?: number;
  };
}

export const server = cloudFormation<Part>(({ CorsConfiguration: cors }) => readListed({
  origins: cors.AllowOrigins,
  credentialed: cors.AllowCredentials ?? false,
  methods: cors.AllowMethods,
  requestHeaders: cors.AllowHeaders,
  exposedHeaders: cors.ExposeHeaders,
  maxAge: cors.MaxAge,
}));
