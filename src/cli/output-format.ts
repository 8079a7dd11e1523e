/** The output formats of the AWS CLI. */
export const outputFormats = ['json', 'yaml', 'yaml-stream', 'text', 'table'] as const
