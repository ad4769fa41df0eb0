package io.trailwarden.redact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// What developers type all day must stay readable in the trail.
class OrdinaryTextTest {

    static final String[] ORDINARY = """
            ls -la
            git push -u origin main
            git commit -m "Rotate the API token: part 2"
            git log --format=%H -n 1 9fceb02d0ae598e95dc970b74767f19372d61af8
            git rev-parse HEAD && git show 9fceb02
            docker run --rm -u 1000:1000 -v "$PWD":/work node:22 npm ci
            docker run -e PASSWORD_FILE=/run/secrets/db app
            docker build --secret id=npmrc,src=$HOME/.npmrc -t app .
            docker pull nginx@sha256:24d4b96f58da6d4a8512313bbd02a28ebf0ca95dec6e4c86ef78ce7f01e788ac
            kubectl create secret generic db --from-literal=user=app
            kubectl get secret db -o jsonpath='{.data.password}'
            kubectl -n prod get pods --token $TOKEN
            export TOKEN=$(vault kv get -field=token kv/app)
            export API_KEY="${API_KEY:?must be set}"
            export DB_PASSWORD=$POSTGRES_PASSWORD
            password = os.getenv("DB_PASSWORD")
            const password = req.body.password;
            if (token == null) throw new Error("token: must not be empty")
            String token = request.getHeader("Authorization");
            token: string; secret?: string
            max_tokens: 4096, input_tokens: 1201, token_type=cacheRead
            grep -rn 'password' src/ | head -20
            rg "BEGIN PRIVATE KEY" -g '!vendor'
            grep -r -- '-----BEGIN RSA PRIVATE KEY-----' src
            find . -name '*.pem' -o -name 'id_rsa'
            curl -s https://api.example.com/v1/items?page=2&limit=50
            curl https://example.com:8443/path@2x.png
            curl -u "$USER:$PASS" https://example.com
            curl -H "Authorization: Bearer $TOKEN" https://example.com
            curl -H 'Authorization: token <your token>' https://example.com
            git clone git@github.com:example/repo.git
            git clone ssh://git@example.com:7999/x/y.git
            psql postgres://app@db.example.com:5432/shop -c 'select 1'
            psql "postgres://app:$PGPASSWORD@db/shop"
            rsync -avu host:/srv/data/ ./data
            date -u +%Y-%m-%dT%H:%M:%SZ
            ssh -L 5432:db.internal:5432 bob@bastion.example.com
            sort -u names.txt | uniq -c
            mysql -h db -u root -p shop < dump.sql
            pip install --user requests==2.32.3
            npm install --save-dev typescript@5.9.2
            npm run build -- --mode=production
            mvn -q -DskipTests package
            cargo test --package my-crate --lib -- tests::token_is_parsed
            pytest -k "password or token" -x
            sed -i 's/password/passphrase/g' README.md
            echo "sha256: 24d4b96f58da6d4a8512313bbd02a28ebf0ca95dec6e4c86ef78ce7f01e788ac"
            cat package-lock.json | jq '.packages["node_modules/x"].integrity'
            "integrity": "sha512-v2kDEe57lecTulaDIuNTPy3Ry4gLGJ6Z1O3vE1krgXZNrsQ+LFTGHVxVjcXPs17LhbZVGedAJv8XZ1tvj5FvSg=="
            task-4711 risk-free desk-ask-skeleton sk-learn
            /home/ana/.config/gh/hosts.yml
            C:\\Users\\ana\\AppData\\Local\\Temp\\pwd.txt
            The password must be at least 12 characters and the token expires in 3600 seconds.
            Password: required. Secret: optional.
            claude-opus-5-5 claude-haiku-4-5-20251001
            toolu_01A09q90qw90lq917835lq9 req_011CSHoEeqs5C35K2UUqR7Fy msg_01XFDUDYJgAACzvnptvVoYEL
            77770e5c-20e5-49f5-a88d-9ed31a62d5df
            aws s3 cp s3://bucket/key ./key --profile dev
            aws secretsmanager get-secret-value --secret-id prod/db
            az keyvault secret show --name db-password --vault-name kv
            terraform apply -var-file=secrets.tfvars
            import { TokenService } from './token.service'
            zip -r out.zip dist && unzip -l out.zip
            redis-cli -h cache -p 6379 ping
            7z x archive.7z
            user_pref("signon.rememberSignons", false);
            ssh-keygen -t ed25519 -C "bob@example.com"
            openssl rand -hex 32
            base64 -d < input.b64 > output.bin
            credentials: include
            fetch(url, { credentials: 'include' })
            secret_name: projects/123456/secrets/db/versions/1
            arn:aws:secretsmanager:eu-west-1:123456789012:secret:prod-AbCdEf
            xoxo, hf_config, r8_format, key-value, pat_length, npm_config_cache
            """.split("\n");

    private final PolicyRedactor redactor = Redactors.standard();

    @ParameterizedTest
    @FieldSource("ORDINARY")
    void ordinaryTextStaysAsItIs(String text) {
        assertThat(redactor.redact(text)).isEqualTo(text);
    }
}
