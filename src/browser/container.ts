/** A tab container of Firefox, and the add-on that opens URLs in it. */
export interface Container {
  readonly addOn: 'granted' | 'container'
  readonly name: string
  readonly color?: string | undefined
  readonly icon?: string | undefined
}

const schemes = { granted: 'ext+granted-containers', container: 'ext+container' }

/**
 * The link that makes an add-on open a URL in a container: "Granted Containers"
 * (https://github.com/common-fate/granted-containers) or "Open external links in a container"
 * (https://github.com/honsiorovskyi/open-url-in-container). Both read what is behind the colon as a query, so each value is
 * encoded once.
 */
export function formatContainerLink(url: string, { addOn, name, color, icon }: Container): string {
  const values = { name, url, color, icon }
  const query = Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${encode(value)}`],
  )
  return `${schemes[addOn]}:${query.join('&')}`
}

/** Half a surrogate, which stands for a byte that is no UTF-8, cannot be encoded. */
function encode(value: string): string {
  return encodeURIComponent(value.replace(/\p{Surrogate}/gu, '\ufffd'))
}
