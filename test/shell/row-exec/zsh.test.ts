import { zsh } from '../../support/shells/zsh.ts'
import { describeRowExec } from './scenarios.ts'

describeRowExec(zsh)
