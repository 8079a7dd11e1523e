/** A `credential_process` of Granted, by the names that its program has. */
export const grantedProcess = /(?:^|[\s/\\])d?granted(?:\.exe)?\s+credential-process\b/
