// MIT's verifier-core, which fetches the keys and the status list itself: node verify_over_https.mjs < credentials.json
import fs from 'node:fs';
import {verifyCredential} from '@digitalcredentials/verifier-core';

console.log = console.error;
const verdicts = [];
for(const credential of JSON.parse(fs.readFileSync(0, 'utf8'))) {
  const {log = [], errors = []} = await verifyCredential({credential, knownDIDRegistries: [], reloadIssuerRegistry: false});
  verdicts.push({
    ...Object.fromEntries(log.map(({id, valid}) => [id, valid])),
    errors: errors.map(({name, message}) => `${name}: ${message}`)
  });
}
process.stdout.write(JSON.stringify(verdicts));
