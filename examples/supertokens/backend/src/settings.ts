/** The backend's settings, from environment variables. */

export interface Settings {
  /** The address of SuperTokens' core. */
  readonly core: string;
  readonly coreApiKey: string | undefined;
  /** The origin of the API, such as `https://api.example.com`. */
  readonly apiDomain: string;
  /** The stage of a REST API in its URL, such as `/prod`; empty for an HTTP API. */
  readonly apiGatewayPath: string;
  /** The origin of the website that calls the API. */
  readonly websiteDomain: string;
  /** The claim `aud` of access tokens. The authorizer expects the same value. */
  readonly audience: string;
  /** Whether to log the links that verify email addresses, instead of sending them. */
  readonly logEmailLinks: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

function optional(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === "" ? undefined : value;
}

function required(environment: Environment, name: string, example: string): string {
  const value = optional(environment, name);
  if (value === undefined) {
    throw new Error(`the environment variable ${name} is missing; set it, such as ${name}=${example}`);
  }
  return value;
}

function flag(environment: Environment, name: string): boolean {
  const value = optional(environment, name) ?? "false";
  if (value !== "true" && value !== "false") {
    throw new Error(`expected ${name} to be true or false, found ${value}`);
  }
  return value === "true";
}

export function settingsFrom(environment: Environment): Settings {
  return {
    core: required(environment, "SUPERTOKENS_CORE", "https://core.example.com"),
    coreApiKey: optional(environment, "SUPERTOKENS_API_KEY"),
    apiDomain: required(environment, "API_DOMAIN", "https://api.example.com"),
    apiGatewayPath: optional(environment, "API_GATEWAY_PATH") ?? "",
    websiteDomain: required(environment, "WEBSITE_DOMAIN", "https://www.example.com"),
    audience: optional(environment, "AUDIENCE") ?? "jwtAuthorizers",
    logEmailLinks: flag(environment, "LOG_EMAIL_LINKS"),
  };
}
