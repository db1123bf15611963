// Opens a file sealed to an age recipient with the stock library: node age.mjs SEED_IN_HEX FILE
// Writes the recipient that belongs to the seed, a line end, and the content.
import { readFileSync } from "node:fs";
import { Decrypter, identityToRecipient } from "age-encryption";
import { bech32 } from "@scure/base";

const [seed, file] = process.argv.slice(2);
const identity = bech32.encode("age-secret-key-pq-", bech32.toWords(Buffer.from(seed, "hex")), false).toUpperCase();
const decrypter = new Decrypter();
decrypter.addIdentity(identity);
const plain = await decrypter.decrypt(readFileSync(file));
process.stdout.write(`${await identityToRecipient(identity)}\n`);
process.stdout.write(plain);
