import type { Tool } from './plan.ts'
import { granted } from './tools/granted.ts'

/** Every tool that one can come over from. */
export const tools: readonly Tool[] = [granted]
