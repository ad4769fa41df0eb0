package io.trailwarden.redact;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One made-up secret of each kind, where it would stand in real text. Put together at run time from a seed, so that no
/// file of ours holds anything that a secret scanner would report.
final class Canaries {

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String DIGITS = "0123456789";
    private static final String ALNUM = UPPER + UPPER.toLowerCase(java.util.Locale.ROOT) + DIGITS;
    private static final String HEX = "0123456789abcdef";
    private static final String BASE64 = ALNUM + "+/";

    /// @param kind what its marker must say
    /// @param text a text that holds it
    /// @param secret the part that must not survive
    record Canary(String kind, String text, String secret) {

        @Override
        public String toString() {
            return kind + " in " + text.substring(0, Math.min(24, text.length())).replace('\n', ' ');
        }
    }

    private final Random random;
    private final List<Canary> all = new ArrayList<>();

    private Canaries(long seed) {
        random = new Random(seed);
    }

    static List<Canary> all(long seed) {
        var canaries = new Canaries(seed);
        canaries.shaped();
        canaries.cloud();
        canaries.code();
        canaries.tools();
        canaries.named();
        return canaries.all;
    }

    private void shaped() {
        for (var type : List.of("RSA ", "EC ", "OPENSSH ", "", "ENCRYPTED ")) {
            var body = lines();
            add("private-key", "-----BEGIN " + type + "PRIVATE KEY-----\n%s\n-----END " + type + "PRIVATE KEY-----", body);
        }
        add("private-key", "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: 1\n\n%s\n-----END PGP PRIVATE KEY BLOCK-----", lines());
        add("private-key", "cut: -----BEGIN RSA PRIVATE KEY-----\n%s", lines());
        add("private-key", "printf '-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----'", lines().replace("\n", "\\n"));
        add("private-key", "...%s\n-----END RSA PRIVATE KEY-----", lines());
        add("putty-private-key", "Private-Lines: 3\n%s", lines());
        add("age-secret-key", "AGE-SECRET-KEY-1%s", of("023456789ACDEFGHJKLMNPQRSTUVWXYZ", 58));
        add("wireguard-key", "PrivateKey = %s", of(BASE64, 43) + "=");
        add("kubeconfig-key", "client-key-data: %s", of(BASE64, 400));
        add("password-hash", "root:%s:19000:0:99999:7:::", "$6$" + of(ALNUM, 16) + "$" + of(ALNUM, 86));
        add("password-hash", "%s", "$2b$12$" + of(ALNUM, 53));
        add("jwt", "curl -H 'X: %s'", "eyJ" + of(ALNUM, 30) + ".eyJ" + of(ALNUM, 60) + "." + of(ALNUM, 43));
        add("trailwarden-token", "%s", "tw_" + of(ALNUM, 8) + "_" + of(ALNUM, 32) + "_" + of(ALNUM, 6));
        add("anthropic-key", "export X=%s", "sk-ant-" + "api03-" + of(ALNUM, 93) + "AA");
        add("openrouter-key", "%s", "sk-or-v1-" + of(HEX, 64));
        add("openai-key", "%s", "sk-proj-" + of(ALNUM, 60));
        add("openai-key", "%s", "sk-" + of(ALNUM, 20) + "T3BlbkFJ" + of(ALNUM, 20));
        add("openai-key-plain", "key %s", "sk-" + of(ALNUM, 48));
        add("huggingface-token", "%s", "hf_" + of(ALNUM, 34));
        add("replicate-token", "%s", "r8_" + of(ALNUM, 37));
        add("groq-key", "%s", "gsk_" + of(ALNUM, 52));
        add("perplexity-key", "%s", "pplx-" + of(ALNUM, 48));
        add("xai-key", "%s", "xai-" + of(ALNUM, 80));
        add("langsmith-key", "%s", "lsv2_pt_" + of(HEX, 32) + "_" + of(HEX, 10));
    }

    private void cloud() {
        add("aws-access-key-id", "aws configure set aws_access_key_id %s", "AKIA" + of(UPPER + "234567", 16));
        add("aws-access-key-id", "id %s", "ASIA" + of(UPPER + "234567", 16));
        add("aws-secret-key", "aws_secret_access_key = %s", of(BASE64, 40));
        add("aws-secret-key", "\"SecretAccessKey\": \"%s\",", of(BASE64, 40));
        add("aws-secret-key-pair", "AKIA" + of(UPPER, 16) + ",%s", of(BASE64, 40));
        add("aws-session-token", "AWS_SESSION_TOKEN=%s", of(BASE64, 300));
        add("aws-presigned", "https://b.s3.amazonaws.com/k?X-Amz-Signature=%s", of(HEX, 64));
        add("bedrock-key", "%s", "ABSK" + of(BASE64, 100));
        add("google-api-key", "https://maps.example.com/?key=%s", "AIza" + of(ALNUM, 35));
        add("google-oauth-token", "%s", "ya29." + of(ALNUM, 100));
        add("google-client-secret", "%s", "GOCSPX-" + of(ALNUM, 28));
        add("azure-storage-key", "AccountName=x;AccountKey=%s;EndpointSuffix=core.windows.net", of(BASE64, 86) + "==");
        add("azure-sas", "https://x.blob.core.windows.net/c?sv=2024&sig=%s", of(ALNUM, 43) + "%3D");
        add("azure-client-secret", "%s", of(ALNUM, 3) + "8Q~" + of(ALNUM, 34));
        add("azure-devops-token", "%s", of(ALNUM, 76) + "AZDO" + of(ALNUM, 4));
        add("digitalocean-token", "%s", "dop_v1_" + of(HEX, 64));
        add("alibaba-key", "%s", "LTAI" + of(ALNUM, 20));
        add("tencent-key", "%s", "AKID" + of(ALNUM, 32));
        add("heroku-key", "%s", "HRKU-" + of(ALNUM, 36));
        add("fly-token", "%s", "fo1_" + of(ALNUM, 43));
        add("netlify-token", "%s", "nfp_" + of(ALNUM, 40));
        add("cloudflare-origin-key", "%s", "v1.0-" + of(HEX, 24) + "-" + of(HEX, 146));
        add("scaleway-key", "SCW_SECRET_KEY=%s", of(HEX, 8) + "-" + of(HEX, 4) + "-4" + of(HEX, 3) + "-" + of(HEX, 4) + "-" + of(HEX, 12));
    }

    private void code() {
        for (var prefix : List.of("ghp_", "gho_", "ghu_", "ghs_", "ghr_")) {
            add("github-token", "remote: %s", prefix + of(ALNUM, 36));
        }
        add("github-pat", "%s", "github_pat_" + of(ALNUM, 22) + "_" + of(ALNUM, 59));
        add("gitlab-token", "%s", "glpat-" + of(ALNUM, 20));
        add("bitbucket-token", "%s", "ATBB" + of(ALNUM, 32));
        add("atlassian-token", "%s", "ATATT3" + of(ALNUM, 180));
        add("npm-token", "%s", "npm_" + of(ALNUM, 36));
        add("npmrc-auth", "//registry.example.com/:_authToken=%s", of(ALNUM, 30));
        add("pypi-token", "%s", "pypi-AgE" + of(ALNUM, 150));
        add("rubygems-key", "%s", "rubygems_" + of(HEX, 48));
        add("nuget-key", "%s", "oy2" + of("abcdefghijklmnopqrstuvwxyz234567", 43));
        add("crates-token", "cargo login %s", "cio" + of(ALNUM, 32));
        add("clojars-token", "%s", "CLOJARS_" + of(HEX, 60));
        add("docker-token", "%s", "dckr_pat_" + of(ALNUM, 27));
        add("artifactory-token", "%s", "AKCp" + of(ALNUM, 69));
        add("docker-config-auth", "{\"auths\":{\"r.example.com\":{ x \"auth\":\"%s\"", of(ALNUM, 40));
    }

    private void tools() {
        add("vault-token", "%s", "hvs." + of(ALNUM, 90));
        add("terraform-token", "%s", of(ALNUM, 14) + ".atlasv1." + of(ALNUM, 67));
        add("pulumi-token", "%s", "pul-" + of(HEX, 40));
        add("doppler-token", "%s", "dp.pt." + of(ALNUM, 43));
        add("databricks-token", "%s", "dapi" + of(HEX, 32));
        add("circleci-token", "%s", "CCIPAT_" + of(ALNUM, 22) + "_" + of(HEX, 40));
        add("buildkite-token", "%s", "bkua_" + of(HEX, 40));
        add("sonar-token", "%s", "squ_" + of(HEX, 40));
        add("sentry-token", "%s", "sntryu_" + of(HEX, 64));
        add("newrelic-key", "%s", "NRAK-" + of(UPPER + DIGITS, 27));
        add("grafana-token", "%s", "glsa_" + of(ALNUM, 32) + "_" + of(HEX, 8));
        add("dynatrace-token", "%s", "dt0c01." + of(UPPER + DIGITS, 24) + "." + of(UPPER + DIGITS, 64));
        add("datadog-key", "DD_API_KEY=%s", of(HEX, 32));
        add("tailscale-key", "tailscale up --authkey %s", "tskey-auth-" + of(ALNUM, 16) + "-" + of(ALNUM, 32));
        add("planetscale-token", "%s", "pscale_tkn_" + of(ALNUM, 43));
        add("supabase-key", "%s", "sbp_" + of(HEX, 40));
        add("prefect-key", "%s", "pnu_" + of(ALNUM, 36));
        add("postman-key", "%s", "PMAK-" + of(HEX, 24) + "-" + of(HEX, 34));
        add("onepassword-token", "%s", "ops_eyJ" + of(ALNUM, 300));
        add("okta-token", "x SSWS %s", "00" + of(ALNUM, 40));
        add("slack-token", "%s", "xoxb-" + of(DIGITS, 12) + "-" + of(DIGITS, 12) + "-" + of(ALNUM, 24));
        add("slack-webhook", "curl https://hooks.slack.com/services/%s", "T" + of(UPPER, 8) + "/B" + of(UPPER, 8) + "/" + of(ALNUM, 24));
        add("discord-webhook", "https://discord.com/api/webhooks/" + of(DIGITS, 18) + "/%s", of(ALNUM, 68));
        add("teams-webhook", "https://x.webhook.office.com/webhookb2/%s", of(HEX, 36) + "@" + of(HEX, 36));
        add("telegram-token", "https://api.telegram.org/bot%s/getMe", of("123456789", 10) + ":AA" + of(ALNUM, 33));
        add("twilio-key", "%s", "SK" + of(HEX, 32));
        add("sendgrid-key", "%s", "SG." + of(ALNUM, 22) + "." + of(ALNUM, 43));
        add("mailgun-key", "%s", "key-" + of(HEX, 32));
        add("mailchimp-key", "%s", of(HEX, 32) + "-us14");
        add("brevo-key", "%s", "xkeysib-" + of(HEX, 64) + "-" + of(ALNUM, 16));
        add("stripe-key", "%s", "sk_" + "live_" + of(ALNUM, 24));
        add("square-token", "%s", "sq0atp-" + of(ALNUM, 22));
        add("shopify-token", "%s", "shpat_" + of(HEX, 32));
        add("linear-key", "%s", "lin_api_" + of(ALNUM, 40));
        add("notion-token", "%s", "ntn_" + of(ALNUM, 46));
        add("figma-token", "%s", "figd_" + of(ALNUM, 40));
        add("airtable-token", "%s", "pat" + of(ALNUM, 14) + "." + of(HEX, 64));
        add("dropbox-token", "%s", "sl." + of(ALNUM, 140));
        add("facebook-token", "%s", "EAA" + of(ALNUM, 150));
    }

    private void named() {
        add("url-password", "git clone https://bob:%s@git.example.com/x.git", of(ALNUM, 12));
        add("url-password", "psql postgres://app:%s@db.example.com:5432/shop", "p%40" + of(ALNUM, 8));
        add("url-password", "redis://:%s@cache:6379", of(ALNUM, 12));
        add("url-password", "jdbc:oracle:thin:scott/%s@db:1521:x", of(ALNUM, 9));
        add("authorization", "curl -H 'Authorization: Bearer %s' https://api.example.com", of(ALNUM, 24));
        add("authorization", "Authorization: Basic %s", of(BASE64, 24));
        add("authorization", "the header was bearer %s", of(ALNUM, 24) + "7x");
        add("authorization", "curl -H \"X-Api-Key: %s\" https://api.example.com", of(ALNUM, 20));
        add("cookie", "curl -H 'Cookie: %s' https://x.example.com", "sid=" + of(ALNUM, 30));
        add("password", "curl -u bob:%s https://x.example.com", of(ALNUM, 10));
        add("password", "curl -su 'bob:%s' https://x.example.com", of(ALNUM, 10));
        add("command-password", "tool login --password %s --user bob", of(ALNUM, 9));
        add("command-password", "tool --token=%s", of(ALNUM, 16));
        add("password", "mysql -h db -u root -p%s shop", of(ALNUM, 9));
        add("password", "sshpass -p %s ssh bob@host", of(ALNUM, 9));
        add("password", "openssl enc -aes256 -pass pass:%s -in x", of(ALNUM, 9));
        add("password", "machine h.example.com login bob password %s", of(ALNUM, 9));
        add("password", "PGPASSWORD=%s psql -h db -c 'select 1'", of(ALNUM, 9));
        add("password", "echo ${DB_PASSWORD:-%s}", of(ALNUM, 9));
        add("password", "db.password = \"%s\"", "correct horse " + of(ALNUM, 6));
        add("password", "DB_PASSWORD=%s ./run", of(ALNUM, 9));
        add("password", "password: %s", of(ALNUM, 8) + "9!");
        add("password", "Server=db;User Id=sa;Password=%s;", of(ALNUM, 12));
        add("token", "api_key: \"%s\"", of(ALNUM, 24));
        add("token", "export SERVICE_TOKEN=%s", of(ALNUM, 20) + "4");
    }

    /// `text` has `%s` where the secret goes.
    private void add(String kind, String text, String secret) {
        all.add(new Canary(kind, text.replace("%s", secret), secret));
    }

    private String lines() {
        return of(BASE64, 64) + "\n" + of(BASE64, 64) + "\n" + of(BASE64, 30) + "==";
    }

    private String of(String alphabet, int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }
}
