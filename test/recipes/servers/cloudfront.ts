import { cloudFormation } from '../cloudformation.ts';
import { readListed } from '../listed-policy.ts';

interface Items {
  readonly Items: readonly string[];
}

interface Part {
  readonly CorsPolicy: {
    readonly Properties: {
      readonly ResponseHeadersPolicyConfig: {
        readonly CorsConfig: {
          readonly OriginOverride: true;
          readonly AccessControlAllowOrigins: Items;
          readonly AccessControlAllowCredentials: boolean;
          readonly AccessControlAllowMethods: Items;
          readonly AccessControlAllowHeaders: Items;
          readonly AccessControlExposeHeaders?: Items;
          readonly AccessControlMaxAgeSec?: number;
        };
      };
    };
  };
}

export const server = cloudFormation<Part>(({ CorsPolicy: { Properties: { ResponseHeadersPolicyConfig: { CorsConfig: cors } } } }) => readListed({
  origins: cors.AccessControlAllowOrigins.Items,
  credentialed: cors.AccessControlAllowCredentials,
  methods: cors.AccessControlAllowMethods.Items,
  requestHeaders: cors.AccessControlAllowHeaders.Items.filter((name) => name !== 'origin'),
  exposedHeaders: cors.AccessControlExposeHeaders?.Items,
  maxAge: cors.AccessControlMaxAgeSec,
}));
