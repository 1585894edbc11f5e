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
    "/v3/{customerId}/BankingServices/GetAccountsSummary": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the accounts of a session, without transactions
         * @description Needs the RequestId of an authorized session. A 202 says that the work goes on in the background: ask getAccountsSummaryAsync for its result.
         */
        post: operations["getAccountsSummary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/{customerId}/BankingServices/GetAccountsSummaryAsync/{requestId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask for the result of a getAccountsSummary that returned 202
         * @description Ask every 10 seconds, for at most 30 minutes, and only after a 202 from getAccountsSummary.
         */
        get: operations["getAccountsSummaryAsync"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/{customerId}/BankingServices/GetAccountsDetail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get the accounts of a session, with transactions
         * @description Needs the RequestId of an authorized session. It may take up to 210 seconds. A 202 is typical of the first call and says that the work goes on in the background: ask getAccountsDetailAsync for its result.
         */
        post: operations["getAccountsDetail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/{customerId}/BankingServices/GetAccountsDetailAsync/{requestId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask for the result of a getAccountsDetail that returned 202
         * @description Ask every 10 seconds, for at most 30 minutes, and only after a 202 from getAccountsDetail.
         */
        get: operations["getAccountsDetailAsync"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v3/{customerId}/BankingServices/GetStatements": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get bank statements as files
         * @description Needs the RequestId of an authorized session. Canada only, and Flinks has to enable it for the instance.
         */
        post: operations["getStatements"];
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
        GenerateAuthorizeTokenResponse200: {
            /** @example 200 */
            HttpStatusCode?: number;
            /**
             * @description The authorize token
             * @example d65f1adb-8ebc-48dc-be8b-20c773ba1565
             */
            Token: string;
        };
        AccountsSummaryRequest: {
            /**
             * @description The RequestId of an authorized session
             * @example 22178382-31ee-485c-a750-c20929b6a344
             */
            RequestId: string;
            /** @description Whether to fill in Balance */
            WithBalance?: boolean;
            /** @description Whether to fill in AccountNumber, TransitNumber and InstitutionNumber */
            WithAccountIdentity?: boolean;
        };
        /** @description The accounts of a login, without their transactions. */
        AccountsSummary: {
            HttpStatusCode?: number | null;
            Accounts: components["schemas"]["Account"][];
            Links?: components["schemas"]["Link"][];
            /** @description The Tag of the request that opened the session */
            Tag?: string | null;
            InstitutionName?: string | null;
            Login?: components["schemas"]["DataLogin"];
            InstitutionId?: number | null;
            Institution?: string | null;
            RequestId?: string | null;
        };
        Account: {
            /**
             * @description The account's id, which AccountsFilter takes
             * @example 27a9ffa0-c6b9-4cc6-9eaa-aa9efa07a889
             */
            Id?: string | null;
            /** @example Chequing Account */
            Title?: string | null;
            /**
             * @description The kind of account. The list is open.
             * @example Chequing
             */
            Type?: string | null;
            /**
             * @description What the account is for. The list is open.
             * @example Operations
             */
            Category?: string | null;
            /**
             * @description CAD or USD. Others may appear.
             * @example CAD
             */
            Currency?: string | null;
            /** @example Personal */
            AccountType?: string | null;
            /**
             * @description With its leading zeros. Null without WithAccountIdentity.
             * @example 7641238
             */
            AccountNumber?: string | null;
            /**
             * @description With its leading zeros. Null without WithAccountIdentity.
             * @example 12347
             */
            TransitNumber?: string | null;
            /**
             * @description With its leading zeros. Null without WithAccountIdentity.
             * @example 777
             */
            InstitutionNumber?: string | null;
            LastFourDigits?: string | null;
            Balance?: components["schemas"]["Balance"];
            /** @example 100.5 */
            OverdraftLimit?: number | null;
            Holder?: components["schemas"]["Holder"];
            /** @description Only in the detail, and empty without WithTransactions. A newly linked account may have none yet. */
            Transactions?: components["schemas"]["Transaction"][];
            /** @description Only in the summary */
            EftEligibleRatio?: number | null;
            /** @description Only in the summary */
            ETransferEligibleRatio?: number | null;
        };
        /** @description All three are null without WithBalance. */
        Balance: {
            /** @example 5405.5 */
            Available?: number | null;
            /** @example 5105.5 */
            Current?: number | null;
            /** @example 5105.5 */
            Limit?: number | null;
        };
        /** @description Who holds the account. Null without WithKYC. */
        Holder: {
            Name?: string | null;
            Address?: components["schemas"]["Address"];
            Email?: string | null;
            PhoneNumber?: string | null;
        } | null;
        /** @description Where the holder lives. Null if it is not known. */
        Address: {
            CivicAddress?: string | null;
            City?: string | null;
            Province?: string | null;
            PostalCode?: string | null;
            POBox?: string | null;
            Country?: string | null;
        } | null;
        Transaction: {
            /** @example 94584aed-7c98-42a4-9836-9f8557db63f5 */
            Id?: string | null;
            /**
             * @description A date without a time
             * @example 2025-01-31
             */
            Date?: string | null;
            Code?: string | null;
            /** @example PAYROLL - Stripe Paycheck */
            Description?: string | null;
            /** @description Money out. Null in a row that has a Credit. */
            Debit?: number | null;
            /** @description Money in. Null in a row that has a Debit. */
            Credit?: number | null;
            /** @description The account's balance after the transaction */
            Balance?: number | null;
        };
        /** @description The login that the data belongs to. Absent when the session was opened with Save false. */
        DataLogin: {
            /** @example 5602459c-f6d0-4ca0-6750-08dccdcadcc0 */
            Id?: string | null;
            /** @example Greatday */
            Username?: string | null;
            IsScheduledRefresh?: boolean;
            /**
             * @description When the login's data was last fetched, in UTC, without an offset and with up to seven digits of a second. Append a `Z` before parsing, or it is read as local time.
             * @example 2025-01-31T17:40:54.569261
             */
            LastRefresh?: string | null;
            /** @example Personal */
            Type?: string | null;
        };
        /** @description An operation that has not finished. It is neither a result nor a failure. */
        PendingOperation: {
            /** @example 202 */
            HttpStatusCode?: number;
            /** @example Your operation is still processing */
            Message?: string;
            /**
             * @description OPERATION_PENDING or OPERATION_DISPATCHED
             * @example OPERATION_PENDING
             */
            FlinksCode?: string;
            /** @description Holds a template that cannot be followed. Use the Async operation. */
            Links?: components["schemas"]["Link"][];
            /**
             * @description Identifies the operation in the background
             * @example b851931b-7d7c-4279-9b82-344c0e846b52
             */
            RequestId?: string;
        };
        AccountsDetailRequest: {
            /**
             * @description The RequestId of an authorized session
             * @example 22178382-31ee-485c-a750-c20929b6a344
             */
            RequestId: string;
            /** @description Whether to fill in AccountNumber, TransitNumber and InstitutionNumber */
            WithAccountIdentity?: boolean;
            /** @description Whether to fill in Holder */
            WithKYC?: boolean;
            /** @description Whether to fill in Transactions */
            WithTransactions?: boolean;
            /** @description Whether to fill in Balance */
            WithBalance?: boolean;
            /**
             * @description How far back transactions go
             * @default Days90
             * @enum {string}
             */
            DaysOfTransactions?: "Days90" | "Days365";
            /** @description Ids of the accounts that are wanted. All of them if it is left out. */
            AccountsFilter?: string[];
            /** @description Whether to prepare statements along with the details */
            WithDetailsAndBankingStatements?: boolean;
        };
        /** @description The accounts of a login, with their transactions. */
        AccountsDetail: {
            HttpStatusCode?: number | null;
            Accounts: components["schemas"]["Account"][];
            InstitutionName?: string | null;
            Login?: components["schemas"]["DataLogin"];
            InstitutionId?: number | null;
            Institution?: string | null;
            RequestId?: string | null;
        };
        StatementsRequest: {
            /**
             * @description The RequestId of an authorized session
             * @example 22178382-31ee-485c-a750-c20929b6a344
             */
            RequestId: string;
            /**
             * @description How many statements of each account. Months12 is for exactly one account.
             * @default MostRecent
             * @enum {string}
             */
            NumberOfStatements?: "MostRecent" | "Months3" | "Months12";
            /** @description Ids of the accounts that are wanted. All of them if it is left out. */
            AccountsFilter?: string[];
        };
        /** @description The bank statements of a login's accounts. */
        Statements: {
            HttpStatusCode?: number | null;
            StatementsByAccount: components["schemas"]["AccountStatements"][];
            Login?: components["schemas"]["DataLogin"];
            Institution?: string | null;
            RequestId?: string | null;
        };
        /** @description The statements of one account. */
        AccountStatements: {
            /** @description With its leading zeros */
            AccountNumber?: string | null;
            Statements?: components["schemas"]["Statement"][];
        };
        Statement: {
            UniqueId?: string | null;
            /**
             * @description PDF. Others may appear.
             * @example PDF
             */
            FileType?: string | null;
            /** @description The file, in base64. It can be megabytes. */
            Base64Bytes?: string | null;
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
                /**
                 * @description The id that Flinks gives each customer, a GUID
                 * @example 43387ca6-0391-4c82-857d-70d95f087ecb
                 */
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
    getAccountsSummary: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The API key, if the instance uses one. Only data calls take it.
                 * @example 3d5266a8-b697-48d4-8de6-52e2e2662acc
                 */
                "x-api-key"?: string;
            };
            path: {
                /**
                 * @description The id that Flinks gives each customer, a GUID
                 * @example 43387ca6-0391-4c82-857d-70d95f087ecb
                 */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountsSummaryRequest"];
            };
        };
        responses: {
            /** @description The accounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 200,
                     *       "Accounts": [
                     *         {
                     *           "EftEligibleRatio": 0,
                     *           "ETransferEligibleRatio": 0,
                     *           "Title": "Primary Chequing Account",
                     *           "AccountNumber": "1234567",
                     *           "LastFourDigits": null,
                     *           "Balance": {
                     *             "Available": 1234.45,
                     *             "Current": 4321.45,
                     *             "Limit": null
                     *           },
                     *           "Category": "Operations",
                     *           "Type": "Chequing",
                     *           "Currency": "CAD",
                     *           "Holder": {
                     *             "Name": "John Doe",
                     *             "Address": {
                     *               "CivicAddress": "20 Park Avenue",
                     *               "City": "Toronto",
                     *               "Province": "ON",
                     *               "PostalCode": "X1X X2X",
                     *               "POBox": null,
                     *               "Country": "CA"
                     *             },
                     *             "Email": "john.doe@example.com",
                     *             "PhoneNumber": "+1 123-456-7890"
                     *           },
                     *           "AccountType": "Personal",
                     *           "Id": "xxxx-xxxx-xxxxxxx-xxxxxx"
                     *         }
                     *       ],
                     *       "Links": [
                     *         {
                     *           "rel": "AccountsDetail",
                     *           "href": "/GetAccountsDetail",
                     *           "example": null
                     *         },
                     *         {
                     *           "rel": "Statements",
                     *           "href": "/GetStatements",
                     *           "example": null
                     *         }
                     *       ],
                     *       "Tag": "userId=xxxxxxxxxxxx",
                     *       "InstitutionName": "BMO",
                     *       "Login": {
                     *         "Username": "1234567890",
                     *         "IsScheduledRefresh": false,
                     *         "LastRefresh": "2024-10-10T12:00:00.000000",
                     *         "Type": "Business",
                     *         "Id": "xxxx-xxxx-xxxxxx-xxxxxx"
                     *       },
                     *       "InstitutionId": 1,
                     *       "Institution": "BMO",
                     *       "RequestId": "xxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxx"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountsSummary"];
                };
            };
            /** @description The operation goes on in the background. The result comes from the Async operation. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "FlinksCode": "OPERATION_PENDING",
                     *       "Links": [
                     *         {
                     *           "rel": "{Endpoint}Async",
                     *           "href": "/{Endpoint}Async",
                     *           "example": "/{Endpoint}Async/{requestId}"
                     *         }
                     *       ],
                     *       "HttpStatusCode": 202,
                     *       "Message": "Your operation is still processing",
                     *       "RequestId": "b851931b-7d7c-4279-9b82-344c0e846b52"
                     *     }
                     */
                    "application/json": components["schemas"]["PendingOperation"];
                };
            };
            /** @description Bad Request - for instance, the session has ended */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 400,
                     *       "Message": "RequestId is invalid or session has ended",
                     *       "FlinksCode": "SESSION_NONEXISTENT"
                     *     }
                     */
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API refuses the call. FlinksCode says why. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 401,
                     *       "Message": "Too many requests",
                     *       "FlinksCode": "TOO_MANY_REQUESTS"
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
    getAccountsSummaryAsync: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The API key, if the instance uses one. Only data calls take it.
                 * @example 3d5266a8-b697-48d4-8de6-52e2e2662acc
                 */
                "x-api-key"?: string;
            };
            path: {
                /**
                 * @description The id that Flinks gives each customer, a GUID
                 * @example 43387ca6-0391-4c82-857d-70d95f087ecb
                 */
                customerId: string;
                /**
                 * @description The RequestId of the call that returned 202
                 * @example 22178382-31ee-485c-a750-c20929b6a344
                 */
                requestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The accounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 200,
                     *       "Accounts": [
                     *         {
                     *           "EftEligibleRatio": 0,
                     *           "ETransferEligibleRatio": 0,
                     *           "Title": "Primary Chequing Account",
                     *           "AccountNumber": "1234567",
                     *           "LastFourDigits": null,
                     *           "Balance": {
                     *             "Available": 1234.45,
                     *             "Current": 4321.45,
                     *             "Limit": null
                     *           },
                     *           "Category": "Operations",
                     *           "Type": "Chequing",
                     *           "Currency": "CAD",
                     *           "Holder": {
                     *             "Name": "John Doe",
                     *             "Address": {
                     *               "CivicAddress": "20 Park Avenue",
                     *               "City": "Toronto",
                     *               "Province": "ON",
                     *               "PostalCode": "X1X X2X",
                     *               "POBox": null,
                     *               "Country": "CA"
                     *             },
                     *             "Email": "john.doe@example.com",
                     *             "PhoneNumber": "+1 123-456-7890"
                     *           },
                     *           "AccountType": "Personal",
                     *           "Id": "xxxx-xxxx-xxxxxxx-xxxxxx"
                     *         }
                     *       ],
                     *       "Links": [
                     *         {
                     *           "rel": "AccountsDetail",
                     *           "href": "/GetAccountsDetail",
                     *           "example": null
                     *         },
                     *         {
                     *           "rel": "Statements",
                     *           "href": "/GetStatements",
                     *           "example": null
                     *         }
                     *       ],
                     *       "Tag": "userId=xxxxxxxxxxxx",
                     *       "InstitutionName": "BMO",
                     *       "Login": {
                     *         "Username": "1234567890",
                     *         "IsScheduledRefresh": false,
                     *         "LastRefresh": "2024-10-10T12:00:00.000000",
                     *         "Type": "Business",
                     *         "Id": "xxxx-xxxx-xxxxxx-xxxxxx"
                     *       },
                     *       "InstitutionId": 1,
                     *       "Institution": "BMO",
                     *       "RequestId": "xxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxx"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountsSummary"];
                };
            };
            /** @description The operation goes on in the background. The result comes from the Async operation. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "FlinksCode": "OPERATION_PENDING",
                     *       "Links": [
                     *         {
                     *           "rel": "{Endpoint}Async",
                     *           "href": "/{Endpoint}Async",
                     *           "example": "/{Endpoint}Async/{requestId}"
                     *         }
                     *       ],
                     *       "HttpStatusCode": 202,
                     *       "Message": "Your operation is still processing",
                     *       "RequestId": "b851931b-7d7c-4279-9b82-344c0e846b52"
                     *     }
                     */
                    "application/json": components["schemas"]["PendingOperation"];
                };
            };
            /** @description Bad Request - for instance, the session has ended */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 400,
                     *       "Message": "RequestId is invalid or session has ended",
                     *       "FlinksCode": "SESSION_NONEXISTENT"
                     *     }
                     */
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API refuses the call. FlinksCode says why. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 401,
                     *       "Message": "Too many requests",
                     *       "FlinksCode": "TOO_MANY_REQUESTS"
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
    getAccountsDetail: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The API key, if the instance uses one. Only data calls take it.
                 * @example 3d5266a8-b697-48d4-8de6-52e2e2662acc
                 */
                "x-api-key"?: string;
            };
            path: {
                /**
                 * @description The id that Flinks gives each customer, a GUID
                 * @example 43387ca6-0391-4c82-857d-70d95f087ecb
                 */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AccountsDetailRequest"];
            };
        };
        responses: {
            /** @description The accounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 200,
                     *       "Accounts": [
                     *         {
                     *           "Transactions": [
                     *             {
                     *               "Date": "2025-01-31",
                     *               "Code": null,
                     *               "Description": "PAYROLL - Stripe Paycheck",
                     *               "Debit": 1000.4,
                     *               "Credit": 1500.25,
                     *               "Balance": 5105.6,
                     *               "Id": "94584aed-7c98-42a4-9836-9f8557db63f5"
                     *             }
                     *           ],
                     *           "TransitNumber": "12347",
                     *           "InstitutionNumber": "777",
                     *           "OverdraftLimit": 100.5,
                     *           "Title": "Chequing Account",
                     *           "AccountNumber": "7641238",
                     *           "LastFourDigits": null,
                     *           "Balance": {
                     *             "Available": 5405.5,
                     *             "Current": 5105.5,
                     *             "Limit": 5105.5
                     *           },
                     *           "Category": "Operations",
                     *           "Type": "Chequing",
                     *           "Currency": "CAD",
                     *           "Holder": {
                     *             "Name": "Testing",
                     *             "Address": {
                     *               "CivicAddress": "25 york street",
                     *               "City": "TOR",
                     *               "Province": "ON",
                     *               "PostalCode": "M5J 2V5",
                     *               "POBox": null,
                     *               "Country": "CA"
                     *             },
                     *             "Email": "test_user1@nomail.com",
                     *             "PhoneNumber": "9051234567"
                     *           },
                     *           "AccountType": null,
                     *           "Id": "27a9ffa0-c6b9-4cc6-9eaa-aa9efa07a889"
                     *         }
                     *       ],
                     *       "InstitutionName": "FlinksCapital",
                     *       "Login": {
                     *         "Username": "chat_gpt",
                     *         "IsScheduledRefresh": false,
                     *         "LastRefresh": "2025-01-31T17:40:54.569261",
                     *         "Type": "Personal",
                     *         "Id": "5602459c-f6d0-4ca0-6750-08dccdcadcc0"
                     *       },
                     *       "InstitutionId": 14,
                     *       "Institution": "FlinksCapital",
                     *       "RequestId": "22178382-31ee-485c-a750-c20929b6a344"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountsDetail"];
                };
            };
            /** @description The operation goes on in the background. The result comes from the Async operation. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "FlinksCode": "OPERATION_PENDING",
                     *       "Links": [
                     *         {
                     *           "rel": "{Endpoint}Async",
                     *           "href": "/{Endpoint}Async",
                     *           "example": "/{Endpoint}Async/{requestId}"
                     *         }
                     *       ],
                     *       "HttpStatusCode": 202,
                     *       "Message": "Your operation is still processing",
                     *       "RequestId": "b851931b-7d7c-4279-9b82-344c0e846b52"
                     *     }
                     */
                    "application/json": components["schemas"]["PendingOperation"];
                };
            };
            /** @description Bad Request - for instance, the session has ended */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 400,
                     *       "Message": "RequestId is invalid or session has ended",
                     *       "FlinksCode": "SESSION_NONEXISTENT"
                     *     }
                     */
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API refuses the call. FlinksCode says why. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 401,
                     *       "Message": "Too many requests",
                     *       "FlinksCode": "TOO_MANY_REQUESTS"
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
    getAccountsDetailAsync: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The API key, if the instance uses one. Only data calls take it.
                 * @example 3d5266a8-b697-48d4-8de6-52e2e2662acc
                 */
                "x-api-key"?: string;
            };
            path: {
                /**
                 * @description The id that Flinks gives each customer, a GUID
                 * @example 43387ca6-0391-4c82-857d-70d95f087ecb
                 */
                customerId: string;
                /**
                 * @description The RequestId of the call that returned 202
                 * @example 22178382-31ee-485c-a750-c20929b6a344
                 */
                requestId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The accounts */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 200,
                     *       "Accounts": [
                     *         {
                     *           "Transactions": [
                     *             {
                     *               "Date": "2025-01-31",
                     *               "Code": null,
                     *               "Description": "PAYROLL - Stripe Paycheck",
                     *               "Debit": 1000.4,
                     *               "Credit": 1500.25,
                     *               "Balance": 5105.6,
                     *               "Id": "94584aed-7c98-42a4-9836-9f8557db63f5"
                     *             }
                     *           ],
                     *           "TransitNumber": "12347",
                     *           "InstitutionNumber": "777",
                     *           "OverdraftLimit": 100.5,
                     *           "Title": "Chequing Account",
                     *           "AccountNumber": "7641238",
                     *           "LastFourDigits": null,
                     *           "Balance": {
                     *             "Available": 5405.5,
                     *             "Current": 5105.5,
                     *             "Limit": 5105.5
                     *           },
                     *           "Category": "Operations",
                     *           "Type": "Chequing",
                     *           "Currency": "CAD",
                     *           "Holder": {
                     *             "Name": "Testing",
                     *             "Address": {
                     *               "CivicAddress": "25 york street",
                     *               "City": "TOR",
                     *               "Province": "ON",
                     *               "PostalCode": "M5J 2V5",
                     *               "POBox": null,
                     *               "Country": "CA"
                     *             },
                     *             "Email": "test_user1@nomail.com",
                     *             "PhoneNumber": "9051234567"
                     *           },
                     *           "AccountType": null,
                     *           "Id": "27a9ffa0-c6b9-4cc6-9eaa-aa9efa07a889"
                     *         }
                     *       ],
                     *       "InstitutionName": "FlinksCapital",
                     *       "Login": {
                     *         "Username": "chat_gpt",
                     *         "IsScheduledRefresh": false,
                     *         "LastRefresh": "2025-01-31T17:40:54.569261",
                     *         "Type": "Personal",
                     *         "Id": "5602459c-f6d0-4ca0-6750-08dccdcadcc0"
                     *       },
                     *       "InstitutionId": 14,
                     *       "Institution": "FlinksCapital",
                     *       "RequestId": "22178382-31ee-485c-a750-c20929b6a344"
                     *     }
                     */
                    "application/json": components["schemas"]["AccountsDetail"];
                };
            };
            /** @description The operation goes on in the background. The result comes from the Async operation. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "FlinksCode": "OPERATION_PENDING",
                     *       "Links": [
                     *         {
                     *           "rel": "{Endpoint}Async",
                     *           "href": "/{Endpoint}Async",
                     *           "example": "/{Endpoint}Async/{requestId}"
                     *         }
                     *       ],
                     *       "HttpStatusCode": 202,
                     *       "Message": "Your operation is still processing",
                     *       "RequestId": "b851931b-7d7c-4279-9b82-344c0e846b52"
                     *     }
                     */
                    "application/json": components["schemas"]["PendingOperation"];
                };
            };
            /** @description Bad Request - for instance, the session has ended */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 400,
                     *       "Message": "RequestId is invalid or session has ended",
                     *       "FlinksCode": "SESSION_NONEXISTENT"
                     *     }
                     */
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API refuses the call. FlinksCode says why. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 401,
                     *       "Message": "Too many requests",
                     *       "FlinksCode": "TOO_MANY_REQUESTS"
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
    getStatements: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The API key, if the instance uses one. Only data calls take it.
                 * @example 3d5266a8-b697-48d4-8de6-52e2e2662acc
                 */
                "x-api-key"?: string;
            };
            path: {
                /**
                 * @description The id that Flinks gives each customer, a GUID
                 * @example 43387ca6-0391-4c82-857d-70d95f087ecb
                 */
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StatementsRequest"];
            };
        };
        responses: {
            /** @description The statements */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 200,
                     *       "StatementsByAccount": [
                     *         {
                     *           "AccountNumber": "1111000",
                     *           "Statements": [
                     *             {
                     *               "UniqueId": "3DD209E106553D2BB0A6EFF57FD0480C",
                     *               "FileType": "PDF",
                     *               "Base64Bytes": "..."
                     *             }
                     *           ]
                     *         }
                     *       ],
                     *       "Login": {
                     *         "Username": "Greatday",
                     *         "IsScheduledRefresh": false,
                     *         "LastRefresh": "2019-05-17T15:29:23.7035672",
                     *         "Type": "Personal",
                     *         "Id": "34c85a5d-f278-467b-29ed-08d682e1fef5"
                     *       },
                     *       "Institution": "FlinksCapital",
                     *       "RequestId": "f56f8b80-9949-4c60-ad63-dcdc0fd1456b"
                     *     }
                     */
                    "application/json": components["schemas"]["Statements"];
                };
            };
            /** @description The operation goes on in the background. The result comes from the Async operation. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "FlinksCode": "OPERATION_PENDING",
                     *       "Links": [
                     *         {
                     *           "rel": "{Endpoint}Async",
                     *           "href": "/{Endpoint}Async",
                     *           "example": "/{Endpoint}Async/{requestId}"
                     *         }
                     *       ],
                     *       "HttpStatusCode": 202,
                     *       "Message": "Your operation is still processing",
                     *       "RequestId": "b851931b-7d7c-4279-9b82-344c0e846b52"
                     *     }
                     */
                    "application/json": components["schemas"]["PendingOperation"];
                };
            };
            /** @description Bad Request - for instance, the session has ended */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 400,
                     *       "Message": "RequestId is invalid or session has ended",
                     *       "FlinksCode": "SESSION_NONEXISTENT"
                     *     }
                     */
                    "application/json": components["schemas"]["Error"];
                };
            };
            /** @description The API refuses the call. FlinksCode says why. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "HttpStatusCode": 401,
                     *       "Message": "Too many requests",
                     *       "FlinksCode": "TOO_MANY_REQUESTS"
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
