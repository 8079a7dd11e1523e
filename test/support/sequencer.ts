import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Begins with PowerShell, which starts slowest, and what is as long: what comes last has the machine for itself and leaves it idle. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const rank = ({ moduleId }: TestSpecification) =>
      /pwsh|quality\/(lint|bench|run)|login\/shells|interop\/cred|commands\/(sync|killed)/.test(moduleId)
        ? 0
        : /\/shell\//.test(moduleId)
          ? 1
          : 2
    return sorted.sort((a, b) => rank(a) - rank(b))
  }
}
