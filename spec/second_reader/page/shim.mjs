// Where the readers say Buffer, a browser gets this one.
import { Buffer } from "./buffer.mjs";

globalThis.Buffer = Buffer;
export { Buffer };
