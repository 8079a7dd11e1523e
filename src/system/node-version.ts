/** The version of the Node that runs this process, as it tells it: `v20.19.0`. */
export const nodeVersion = process.version
