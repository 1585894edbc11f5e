// Made by `npm run generate` from openapi/flinks.yaml. Do not edit.

export interface paths {
    "/v3/{customerId}/BankingServices/Authorize": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Authorize */
        post: operations["authorize"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/{customerId}/BankingServices/GenerateAuthorizeToken": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Generate an authorize token
         * @description Trades the secret key for a token that opens one session: a new one for every session, and the same one again for the MFA answers of that session. Unused, it lives for 30 minutes.
         */
        post: operations["generateAuthorizeToken"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "LoginId": "5e115eac-1209-4f19-641c-08d6d484e2fe",
         *       "MostRecentCached": true
         *     }
         */
        AuthorizeRequest: {
            /**
             * @description Identifier returned by Flinks Connect after a successful customer authentication. Use this in combination with `MostRecentCached: true` to open a session against the cached data aggregated by the widget. This is the recommended flow for most integrations.
             * @example 5e115eac-1209-4f19-641c-08d6d484e2fe
             */
            LoginId?: string;
            /**
             * @description Controls how the session is opened. `true` = cached mode (recommended): pair with `LoginId` to retrieve the most recently aggregated data for a customer. `false` = live mode: initiates a fresh live connection to the financial institution; typically used for manual refresh or direct API (legacy) integrations with `Username`/`Password`.
             * @default true
             * @example true
             */
            MostRecentCached?: boolean;
            /**
             * @description Username used to connect to the financial institution. Only used for direct API (legacy) integrations when `MostRecentCached` is `false` — Flinks Connect handles authentication for the widget integration path.
             * @example greatday
             */
            Username?: string;
            /**
             * @description Password used to connect to the financial institution. Only used for direct API (legacy) integrations when `MostRecentCached` is `false`.
             * @example everyday
             */
            Password?: string;
            /**
             * @description Unique identifier of the financial institution. Only required for direct API (legacy) integrations — the widget sets this automatically.
             * @example FlinksCapital
             */
            Institution?: string;
            /**
             * @description Preferred language for the connection process (en | fr)
             * @default en
             * @example en
             */
            Language?: string;
            /**
             * @description If set to true, all collected data and credentials will be saved after the request is completed.
             * @default true
             * @example true
             */
            Save?: boolean;
            /** @description Custom string to attach to a specific request. */
            Tag?: string;
            /**
             * Format: uuid
             * @description Required for MFA. Pass the RequestId received in the 203 response.
             */
            RequestId?: string;
            /** @description Pass this parameter if you received a 203 response from the /Authorize endpoint and are calling it a second time to complete MFA questions. This parameter contains the user's responses to the MFA questions, where keys are the prompts and values are arrays of answers. */
            SecurityResponses?: {
                [key: string]: string[];
            };
        };
        AuthorizeResponse200: {
            /**
             * @description HTTP status code
             * @example 200
             */
            HttpStatusCode?: number;
            /**
             * @description List of available data endpoints
             * @example [
             *       {
             *         "rel": "AccountsDetail",
             *         "href": "/GetAccountsDetail",
             *         "example": null
             *       },
             *       {
             *         "rel": "AccountsSummary",
             *         "href": "/GetAccountsSummary",
             *         "example": null
             *       },
             *       {
             *         "rel": "Statements",
             *         "href": "/GetStatements",
             *         "example": null
             *       }
             *     ]
             */
            Links?: components["schemas"]["Link"][];
            /**
             * @description Name of the financial institution
             * @example FlinksCapital
             */
            InstitutionName?: string;
            /**
             * @description The login that the session belongs to. Absent after an MFA answer.
             * @example {
             *       "Username": "Greatday",
             *       "IsScheduledRefresh": false,
             *       "LastRefresh": "2026-01-21T20:47:47.145999",
             *       "Type": "Personal",
             *       "Id": "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
             *     }
             */
            Login?: components["schemas"]["Login"];
            /**
             * @description Unique identifier of the financial institution
             * @example 14
             */
            InstitutionId?: number;
            /**
             * @description Name of the financial institution
             * @example FlinksCapital
             */
            Institution?: string;
            /**
             * @description Unique request identifier used for subsequent data calls
             * @example xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx
             */
            RequestId: string;
        };
        AuthorizeResponse203: {
            Links?: components["schemas"]["Link"][];
            /** @example 203 */
            HttpStatusCode?: number;
            /** @description List of security questions that need to be answered */
            SecurityChallenges: components["schemas"]["SecurityChallengeItem"][];
            /** @example FlinksCapital */
            Institution?: string;
            /**
             * Format: uuid
             * @example 9022abc2-8a2e-4b06-a06e-c3e5449c4d10
             */
            RequestId: string;
            /**
             * @description Name of the financial institution
             * @example FlinksCapital
             */
            InstitutionName?: string;
            /**
             * @description Unique identifier of the financial institution
             * @example 14
             */
            InstitutionId?: number;
        };
        /** @description A failure. FlinksCode, where there is one, says what went wrong; the status does not. */
        Error: {
            HttpStatusCode?: number;
            Message?: string;
            FlinksCode?: string;
        };
        Link: {
            /**
             * @description Relationship type of the link
             * @example AccountsDetail
             */
            rel?: string;
            /**
             * @description Endpoint path
             * @example /GetAccountsDetail
             */
            href?: string;
            /** @example null */
            example?: string | null;
        };
        /** @description End user's technical login information */
        Login: {
            /** @example xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx */
            Id?: string;
            /** @example greatday */
            Username?: string;
            /**
             * @default false
             * @example false
             */
            IsScheduledRefresh?: boolean;
            /**
             * @description When the login's data was last fetched, in UTC, without an offset and with up to seven digits of a second. Append a `Z` before parsing, or it is read as local time.
             * @example 2026-01-21T20:47:47.145999
             */
            LastRefresh?: string;
            /** @example Personal */
            Type?: string | null;
        };
        AuthorizeResponse202: {
            /** @example 202 */
            HttpStatusCode?: number;
            /** @example Your operation is still processing */
            Message?: string;
            /**
             * @description OPERATION_PENDING or OPERATION_DISPATCHED
             * @example OPERATION_PENDING
             */
            FlinksCode?: string;
            Links?: components["schemas"]["Link"][];
            /**
             * Format: uuid
             * @description Identifies the operation in the background
             * @example b851931b-7d7c-4279-9b82-344c0e846b52
             */
            RequestId: string;
        };
        /** @description One question of an MFA challenge, as the API sends it. */
        SecurityQuestion: {
            /**
             * @description What kind of answer is wanted: QuestionAndAnswer, MultipleChoice, MultipleChoiceMultipleAnswers, ImageSelection or TextOrCall. Others may appear.
             * @example QuestionAndAnswer
             */
            Type: string;
            /**
             * @description The question, and the key of its answer in SecurityResponses, character for character.
             * @example What is the best country on earth?
             */
            Prompt: string;
            /**
             * @description The choices, where there are any; for ImageSelection images in base64, without a data: prefix.
             * @example []
             */
            Iterables?: string[] | null;
        };
        /** @description MFA questions in the form that the vendor's document describes: prompts as keys, and arrays of suggestions. */
        DocumentedChallenge: {
            [key: string]: string[];
        };
        /** @description An MFA question as it travels, or in the form that the vendor's document describes. */
        SecurityChallengeItem: components["schemas"]["SecurityQuestion"] | components["schemas"]["DocumentedChallenge"];
        AuthorizeResponse401: {
            HttpStatusCode?: number;
            Message?: string;
            FlinksCode?: string;
            /** @description Set when the MFA answer was wrong and may be given again */
            SecurityChallenges?: components["schemas"]["SecurityChallengeItem"][];
            InstitutionName?: string;
            InstitutionId?: number;
            Institution?: string;
            /**
             * Format: uuid
             * @description The session that still waits for an answer
             */
            RequestId?: string;
        };
        GenerateAuthorizeTokenResponse200: {
            /** @example 200 */
            HttpStatusCode?: number;
            /**
             * @description The authorize token
             * @example d65f1adb-8ebc-48dc-be8b-20c773ba1565
             */
            Token: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    authorize: {
        parameters: {
            query?: never;
            header: {
                /** @description Authorize token (one-time, 30-minute lifetime) generated by [/GenerateAuthorizeToken](./generate-authorize-token). Do not pass your secret key here — the secret key is only used when generating the token. */
                "flinks-auth-key": string;
            };
            path: {
                /**
                 * @description Unique GUID provided by Flinks that grants you access to the environment specified in the instance field. By default, the value is the key for the toolbox environment.
                 * @example 43387ca6-0391-4c82-857d-70d95f087ecb
                 */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AuthorizeRequest"];
            };
        };
        responses: {
            /** @description Authorization successful - Session opened and RequestId can be used for subsequent data calls */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthorizeResponse200"];
                };
            };
            /** @description Accepted - the work goes on in the background; neither a session nor a failure */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthorizeResponse202"];
                };
            };
            /** @description Multi-Factor Authentication (MFA) required - Collect user's answers and call /Authorize again */
            203: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthorizeResponse203"];
                };
            };
            /** @description Bad Request - Invalid parameters */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Unauthorized - Authentication failed */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuthorizeResponse401"];
                };
            };
            /** @description Method Not Allowed - for instance, the institution is switched off */
            405: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 405,
                     *       "Message": "The institution is disabled",
                     *       "FlinksCode": "DISABLED_INSTITUTION"
                     *     }
                     */
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 429,
                     *       "Message": "Too many requests",
                     *       "FlinksCode": "TOO_MANY_REQUESTS"
                     *     }
                     */
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The vendor's side failed. From a gateway the body may be HTML, text or empty. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 500,
                     *       "Message": "An unknown error occurred",
                     *       "FlinksCode": "UNKNOWN_ERROR"
                     *     }
                     */
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
    generateAuthorizeToken: {
        parameters: {
            query?: never;
            header: {
                /** @description The secret key. This is the only call that takes it. */
                "flinks-auth-key": string;
            };
            path: {
                /** @description Unique GUID provided by Flinks */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The token */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerateAuthorizeTokenResponse200"];
                };
            };
            /** @description The secret key is wrong */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 401,
                     *       "Message": "You must provide a valid auth key"
                     *     }
                     */
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description Too Many Requests */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 429,
                     *       "Message": "Too many requests",
                     *       "FlinksCode": "TOO_MANY_REQUESTS"
                     *     }
                     */
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The vendor's side failed. From a gateway the body may be HTML, text or empty. */
            "5XX": {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 500,
                     *       "Message": "An unknown error occurred",
                     *       "FlinksCode": "UNKNOWN_ERROR"
                     *     }
                     */
                    "application/json": components["schemas"]["Error"];
                };
            };
        };
    };
}
