import type { Context } from '../context.ts'

/** Whether the terminal can be drawn on; others take lines only. */
export function canMoveCursor({ env, platform }: Pick<Context, 'env' | 'platform'>): boolean {
  return env['TERM'] ? env['TERM'] !== 'dumb' : platform === 'win32'
}
