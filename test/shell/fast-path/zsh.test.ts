import { zsh } from '../../support/shells/zsh.ts'
import { describeFastPath } from './scenarios.ts'

describeFastPath(zsh)
