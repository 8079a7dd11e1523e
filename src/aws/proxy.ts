type Environment = Readonly<Record<string, string | undefined>>

/**
 * The proxy that HTTPS_PROXY, HTTP_PROXY or ALL_PROXY names for a URL; undefined for none. They are read as curl and the
 * AWS CLI do: the name in lower case goes first, a proxy without a scheme is an http one, and a name in NO_PROXY
 * stands for its subdomains too.
 */
export function findProxy(url: string, env: Environment): string | undefined {
  if (!URL.canParse(url)) return undefined
  const read = (name: string) => env[name] || env[name.toUpperCase()]
  const { protocol, hostname, port } = new URL(url)
  const proxy = read(`${protocol.slice(0, -1)}_proxy`) || read('all_proxy')
  const isExempt = (read('no_proxy') ?? '')
    .toLowerCase()
    .split(/[,\s]+/)
    .filter((entry) => entry !== '')
    .some((entry) => {
      if (entry === '*' || `[${entry}]` === hostname) return true
      const [, name = '', itsPort] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry) ?? []
      if (itsPort !== undefined && itsPort !== (port || (protocol === 'https:' ? '443' : '80'))) return false
      return hostname === name || hostname.endsWith(`.${name}`)
    })
  if (!proxy || isExempt) return undefined
  return proxy.includes('://') ? proxy : `http://${proxy}`
}
