export const root: string
export function temporalCli(): Promise<string>
export function temporalTestServer(): Promise<string>
export function snowflakeEmulator(): Promise<string>
export function bigqueryEmulator(): Promise<{ python: string; folder: string }>
