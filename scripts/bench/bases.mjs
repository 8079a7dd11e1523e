import { existsSync } from 'node:fs'

/** The program that figures are compared with: the least that a shell can start. macOS has none in /bin. */
export const truePath = existsSync('/bin/true') ? '/bin/true' : '/usr/bin/true'

/** The words of an empty Node. */
export const emptyNode = [process.execPath, '-e', '0']
