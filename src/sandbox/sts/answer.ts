import { randomUUID } from 'node:crypto'
import { escapeMarkup } from '../../text/markup.ts'
import { formatTimestamp } from '../../text/time.ts'
import { type Reply, replyXml } from '../call.ts'
import type { TemporaryKeys } from './identity.ts'

/** Text, nested elements, or a list, whose items are `member` elements. */
export type Content = string | { readonly [name: string]: Content } | readonly Content[]

/** The answer to an action of a query-protocol service, in its XML namespace. */
export function answerQuery(action: string, namespace: string, result: Content): Reply {
  const content = {
    [`${action}Result`]: result,
    ResponseMetadata: { RequestId: randomUUID() },
  }
  return replyXml(`<${action}Response xmlns="${namespace}">${writeContent(content)}</${action}Response>`)
}

export function answerSts(action: string, result: Content): Reply {
  return answerQuery(action, 'https://sts.amazonaws.com/doc/2011-06-15/', result)
}

/** The element that every operation of STS which gives keys has in its answer. */
export function describeCredentials(keys: TemporaryKeys): Record<string, Content> {
  return {
    Credentials: {
      AccessKeyId: keys.accessKeyId,
      SecretAccessKey: keys.secretAccessKey,
      SessionToken: keys.sessionToken,
      Expiration: formatTimestamp(keys.expiresAt),
    },
  }
}

/** The same for the keys of a role, with whose they are. */
export function describeKeys(keys: TemporaryKeys): Record<string, Content> {
  return {
    ...describeCredentials(keys),
    AssumedRoleUser: { AssumedRoleId: keys.userId, Arn: keys.arn },
  }
}

function writeContent(content: Content): string {
  if (typeof content === 'string') return escapeMarkup(content)
  if (Array.isArray(content)) return content.map((item) => `<member>${writeContent(item)}</member>`).join('')
  return Object.entries(content)
    .map(([name, value]) => `<${name}>${writeContent(value)}</${name}>`)
    .join('')
}
