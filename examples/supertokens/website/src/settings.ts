/** The website's settings. `serve.ts` writes them into the bundle. */

export interface Settings {
  /** The origin of the backend, as in its own setting `API_DOMAIN`. */
  readonly apiDomain: string;
  /** The URL of the gateway in front of the function `orders`. */
  readonly ordersApi: string;
  /** How the SDK sends the tokens. Cookies are its default. */
  readonly tokenTransferMethod: "header" | "cookie";
}

declare const SETTINGS: Settings;

export const settings = SETTINGS;
