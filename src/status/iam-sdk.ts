/** The part of the SDK that is used: whoever loads the whole package loads 170 operations. */
export { IAMClient, ListAccountAliasesCommand } from '@aws-sdk/client-iam'
