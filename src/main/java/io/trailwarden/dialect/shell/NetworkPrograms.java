package io.trailwarden.dialect.shell;

import static java.util.Map.entry;

import io.trailwarden.dialect.shell.Arguments.Syntax;
import io.trailwarden.dialect.shell.CommandFacts.Mark;
import io.trailwarden.dialect.shell.Value.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Programs that talk to the network: whom they talk to, and what they send.
final class NetworkPrograms {

    private static final Syntax CURL = Syntax.of("AbcCdDeEFhHKmoPQrtTuUwxXyYz",
            "abstract-unix-socket", "alt-svc", "aws-sigv4", "cacert", "capath", "cert", "cert-type", "ciphers", "config", "connect-timeout", "connect-to",
            "continue-at", "cookie", "cookie-jar", "create-file-mode", "crlfile", "curves", "data", "data-ascii", "data-binary", "data-raw", "data-urlencode", "delegation",
            "dns-interface", "dns-ipv4-addr", "dns-ipv6-addr", "dns-servers", "doh-url", "dump-header", "egd-file", "engine", "etag-compare", "etag-save", "expect100-timeout",
            "form", "form-string", "ftp-account", "ftp-method", "ftp-port", "happy-eyeballs-timeout-ms", "header", "hostpubmd5", "hostpubsha256", "hsts", "interface",
            "ipfs-gateway", "json", "keepalive-time", "key", "key-type", "krb", "libcurl", "limit-rate", "local-port", "login-options", "mail-auth", "mail-from", "mail-rcpt",
            "max-filesize", "max-redirs", "max-time", "netrc-file", "noproxy", "oauth2-bearer", "output", "output-dir", "parallel-max", "pass", "pinnedpubkey", "preproxy",
            "proto", "proto-default", "proto-redir", "proxy", "proxy-cacert", "proxy-cert", "proxy-header", "proxy-key", "proxy-pass", "proxy-user", "pubkey", "quote",
            "random-file", "range", "rate", "referer", "request", "request-target", "resolve", "retry", "retry-delay", "retry-max-time", "sasl-authzid", "service-name",
            "socks4", "socks4a", "socks5", "socks5-hostname", "speed-limit", "speed-time", "stderr", "telnet-option", "tftp-blksize", "time-cond", "tls-max", "tls13-ciphers",
            "trace", "trace-ascii", "unix-socket", "upload-file", "url", "url-query", "user", "user-agent", "variable", "write-out");
    private static final Syntax WGET = Syntax.of("aoeiBtOTwQPUlARDIX",
            "append-output", "base", "body-data", "body-file", "ca-certificate", "certificate", "config", "cut-dirs", "default-page", "directory-prefix", "domains", "execute",
            "header", "http-password", "http-user", "input-file", "level", "limit-rate", "load-cookies", "method", "output-document", "output-file", "password", "post-data",
            "post-file", "private-key", "quota", "referer", "save-cookies", "timeout", "tries", "user", "user-agent", "wait", "waitretry", "accept", "reject");
    static final Syntax SSH = Syntax.of("BbcDEeFIiJLlmOoPpQRSWw");
    private static final Syntax SCP = Syntax.of("cDFiJloPSX");
    private static final Syntax SFTP = Syntax.of("BbcDFiJloPRSsX");
    private static final Syntax RSYNC = Syntax.of("efTMB@", "rsh", "rsync-path", "exclude", "include", "filter", "files-from", "exclude-from", "include-from", "log-file", "password-file",
            "bwlimit", "port", "timeout", "temp-dir", "backup-dir", "suffix", "compare-dest", "copy-dest", "link-dest", "chmod", "chown", "max-size", "min-size");
    private static final Syntax NETCAT = Syntax.of("cegGhiIOopPqsTVwWxXmM", "exec", "sh-exec", "lua-exec", "output", "proxy", "proxy-type", "proxy-auth", "wait", "idle-timeout", "source", "source-port",
            "hex-dump", "max-conns", "delay", "ssl-cert", "ssl-key", "ssl-trustfile");
    private static final Syntax DIG = Syntax.of("bcfkpqtxy");
    private static final Syntax DATABASE = Syntax.of("hHpPUudDcefnat", "host", "hostname", "port", "user", "username", "dbname", "database", "command", "file", "execute", "eval", "password", "output");
    private static final Syntax CLOUD = Syntax.of("", "endpoint-url", "region", "profile", "output", "query", "bucket", "key", "body", "exclude", "include", "acl", "file", "container-name", "name", "account-name");

    /// Programs whose whole purpose is a connection, by how the host stands among their operands.
    private static final Map<String, Syntax> FIRST_OPERAND = Map.ofEntries(
            entry("telnet", Syntax.of("abeklnX")), entry("ftp", Syntax.of("")), entry("lftp", Syntax.of("eucp")), entry("ping", Syntax.of("cistIWwQpMmS")), entry("ping6", Syntax.of("cistIW")),
            entry("traceroute", Syntax.of("fgimNpqstwz")), entry("tracepath", Syntax.of("mlp")), entry("mtr", Syntax.of("cisamPf")), entry("whois", Syntax.of("hpgtiT")), entry("tftp", Syntax.of("cm")),
            entry("mosh", Syntax.of("p")), entry("rsh", Syntax.of("l")), entry("rlogin", Syntax.of("l")), entry("finger", Syntax.NONE), entry("xfreerdp", Syntax.NONE));

    /// Fetchers whose operands are addresses.
    private static final Map<String, Syntax> ADDRESSES = Map.ofEntries(
            entry("http", Syntax.of("apoA", "auth", "output", "auth-type", "verify", "cert", "timeout", "proxy", "session", "style", "print")),
            entry("https", Syntax.of("apoA", "auth", "output", "auth-type", "verify", "cert", "timeout", "proxy", "session", "style", "print")),
            entry("xh", Syntax.of("apoA", "auth", "output")), entry("aria2c", Syntax.of("odixsjkl", "out", "dir", "input-file", "header", "all-proxy")),
            entry("axel", Syntax.of("onsHU")), entry("lynx", Syntax.NONE), entry("w3m", Syntax.of("oTI")), entry("links", Syntax.NONE), entry("elinks", Syntax.NONE), entry("wscat", Syntax.of("cHxP")),
            entry("websocat", Syntax.of("H")), entry("grpcurl", Syntax.of("d", "import-path", "proto")), entry("httpie", Syntax.NONE), entry("yt-dlp", Syntax.of("oPf")), entry("lwp-request", Syntax.NONE),
            entry("GET", Syntax.NONE), entry("POST", Syntax.NONE), entry("Invoke-WebRequest", Syntax.NONE), entry("iwr", Syntax.NONE));

    private static final Set<String> RAW = Set.of("nc", "ncat", "netcat", "nc.openbsd", "nc.traditional", "socat", "telnet", "openssl", "websocat");
    private static final Set<String> INERT = Set.of("echo", "printf", "grep", "egrep", "fgrep", "rg", "ag", "ack", "test", "[", ":", "true", "false", "export", "set", "alias", "sed", "awk", "gawk", "mawk", "tee", "jq");
    private static final Set<String> PACKAGES = Set.of("npm", "pnpm", "yarn", "bun", "pip", "pip3", "pipx", "uv", "poetry", "cargo", "gem", "apt", "apt-get", "dnf", "yum", "apk", "brew", "npx",
            "pnpx", "bunx", "uvx", "docker", "podman", "nerdctl", "helm", "twine", "skopeo", "crane", "oras", "gh", "glab", "flit", "hatch", "composer", "go", "snap", "pacman", "conda", "vsce", "ovsx", "dotnet", "nuget", "claude");
    private static final Set<String> FETCHING = Set.of("install", "i", "ci", "add", "update", "upgrade", "publish", "push", "pull", "login", "download", "sync", "get", "fetch", "upload", "search", "outdated", "audit", "create", "release", "copy", "dlx");

    private static final Set<String> LOCAL = Set.of("run", "run-script", "test", "start", "build", "exec", "x", "ps", "help");

    private NetworkPrograms() {
    }

    static boolean isRawConnection(String name) {
        return RAW.contains(name);
    }

    /// Notes what `call` does on the network; the result is its output, or null when it is no network program.
    static @Nullable Value run(Call call) {
        var output = known(call);
        if (output != null) {
            call.facts().mark(Mark.USES_NETWORK);
            if (call.words().stream().anyMatch(word -> word.origin().file())) {
                call.facts().mark(Mark.SENDS_TO_NETWORK);
            }
        }
        return output;
    }

    private static @Nullable Value known(Call call) {
        var first = FIRST_OPERAND.get(call.name());
        if (first != null) {
            call.arguments(first).operands().stream().limit(1).forEach(operand -> address(call, operand));
            sendsInput(call);
            return fetched();
        }
        var addresses = ADDRESSES.get(call.name());
        if (addresses != null) {
            return fetcher(call, addresses);
        }
        return switch (call.name()) {
            case "curl", "curl.exe" -> curl(call);
            case "wget", "wget2" -> wget(call);
            case "scp", "rcp" -> copy(call, SCP);
            case "sftp" -> copy(call, SFTP);
            case "rsync" -> rsync(call);
            case "nc", "ncat", "netcat", "nc.openbsd", "nc.traditional" -> netcat(call);
            case "socat" -> socat(call);
            case "dig", "drill", "nslookup", "host", "kdig", "delv" -> lookup(call);
            case "psql", "pg_dump", "pg_restore", "pg_dumpall", "mysql", "mysqldump", "mariadb", "mongosh", "mongo", "mongodump", "redis-cli", "clickhouse-client", "sqlcmd", "cqlsh" -> database(call);
            case "aws", "gsutil", "az", "gcloud", "s3cmd", "s5cmd", "rclone", "mc", "azcopy" -> cloud(call);
            case "openssl" -> call.word(1).equals("s_client") ? secureClient(call) : null;
            case "ssh-copy-id", "ssh-keyscan", "sshfs", "autossh", "sshpass" -> ssh(call);
            case "git" -> Git.run(call);
            case "sendmail", "mail", "mailx", "mutt", "msmtp" -> {
                sendsInput(call);
                yield Value.UNKNOWN;
            }
            default -> packages(call);
        };
    }

    private static Value fetched() {
        return Value.unknown("", Origin.NETWORK);
    }

    private static void sends(Call call) {
        call.facts().mark(Mark.SENDS_TO_NETWORK);
    }

    /// The program sends its standard input, when that comes from somewhere.
    private static void sendsInput(Call call) {
        if (call.input() != null) {
            sends(call);
        }
    }

    private static void sendsFile(Call call, Value file) {
        if (file.text().equals("-")) {
            sendsInput(call);
        } else {
            call.facts().read(file);
            sends(call);
        }
    }

    /// Notes an operand that is a URL or a host.
    static void address(Call call, Value operand) {
        if (Addresses.isUrl(operand)) {
            url(call.walk(), operand);
        } else {
            call.facts().host(Addresses.host(operand.shape()));
        }
    }

    private static void url(Walk walk, Value url) {
        if (url.shape().regionMatches(true, 0, "file://", 0, 7)) {
            walk.facts.read(url.after(7));
        } else {
            walk.facts.host(Addresses.host(url.shape()));
        }
        walk.facts.url(url.text());
    }

    /// Notes words that are URLs, or hold one behind `=`, of a program we know nothing about.
    static void notesUrls(Walk walk, List<Value> words) {
        boolean inert = INERT.contains(Shells.programName(words.getFirst()));
        for (var word : words.subList(1, words.size())) {
            int equals = word.knownIndexOf('=');
            var value = !Addresses.isUrl(word) && equals > 0 ? word.after(equals + 1) : word;
            if (Addresses.isUrl(value)) {
                if (inert) {
                    walk.facts.url(value.text());
                } else {
                    url(walk, value);
                }
            }
        }
    }

    private static Value curl(Call call) {
        var arguments = call.arguments(CURL);
        arguments.operands().forEach(operand -> address(call, operand));
        for (var option : arguments.options()) {
            var value = option.value();
            if (value != null) {
                curlOption(call, option.name(), value);
            }
        }
        var targets = arguments.values("o", "output");
        targets.forEach(target -> written(call, target));
        if (arguments.has("O", "remote-name", "remote-name-all")) {
            arguments.operands().forEach(operand -> written(call, lastPart(operand)));
        }
        return arguments.has("O", "remote-name") || targets.stream().anyMatch(target -> !target.text().equals("-")) ? Value.literal("") : fetched();
    }

    private static void curlOption(Call call, String name, Value value) {
        switch (name) {
            case "url", "doh-url" -> address(call, value);
            case "x", "proxy", "preproxy", "socks4", "socks4a", "socks5", "socks5-hostname" -> call.facts().host(Addresses.host(value.shape()));
            case "d", "data", "data-ascii", "data-binary", "json" -> {
                if (value.startsWith("@")) {
                    sendsFile(call, value.after(1));
                }
            }
            case "data-urlencode" -> {
                int at = value.knownIndexOf('@');
                if (at >= 0 && (value.knownIndexOf('=') < 0 || at < value.knownIndexOf('='))) {
                    sendsFile(call, value.after(at + 1));
                }
            }
            case "F", "form" -> form(call, value);
            case "T", "upload-file" -> sendsFile(call, value.text().equals(".") ? Value.literal("-") : value);
            case "K", "config", "netrc-file", "cert", "E", "key" -> call.facts().read(value);
            case "b", "cookie" -> {
                if (value.knownIndexOf('=') < 0) {
                    call.facts().read(value);
                }
            }
            case "H", "header" -> {
                if (value.startsWith("@")) {
                    sendsFile(call, value.after(1));
                }
            }
            case "c", "cookie-jar", "D", "dump-header", "trace", "trace-ascii", "stderr" -> call.facts().write(value);
            case "resolve" -> resolved(call, value, 2);
            case "connect-to" -> resolved(call, value, 2);
            default -> {
                // The other values are neither files nor hosts.
            }
        }
    }

    private static void form(Call call, Value value) {
        int equals = value.knownIndexOf('=');
        if (equals >= 0 && (value.after(equals + 1).startsWith("@") || value.after(equals + 1).startsWith("<"))) {
            var file = value.after(equals + 2);
            int end = file.knownIndexOf(';');
            sendsFile(call, end < 0 ? file : Value.literal(file.text().substring(0, end)));
        }
    }

    private static void resolved(Call call, Value value, int part) {
        var parts = value.shape().split(":", 4);
        if (parts.length > part) {
            call.facts().host(Addresses.named(parts[part].replaceAll("[\\[\\]]", "")));
        }
    }

    private static void written(Call call, Value file) {
        call.facts().write(file);
        call.walk().files.put(file.text(), fetched());
    }

    /// The name a download gets from its address.
    private static Value lastPart(Value address) {
        var text = address.text();
        int end = text.indexOf('?') < 0 ? text.length() : text.indexOf('?');
        return Value.literal(text.substring(text.lastIndexOf('/', Math.max(0, end - 1)) + 1, end));
    }

    private static Value wget(Call call) {
        var arguments = call.arguments(WGET);
        arguments.operands().forEach(operand -> address(call, operand));
        arguments.values("post-file", "body-file").forEach(file -> sendsFile(call, file));
        arguments.values("i", "input-file", "load-cookies", "ca-certificate", "private-key", "certificate").forEach(call.facts()::read);
        arguments.values("a", "o", "append-output", "output-file").forEach(call.facts()::write);
        var targets = arguments.values("O", "output-document");
        targets.forEach(target -> written(call, target));
        boolean toOutput = targets.stream().anyMatch(target -> target.text().equals("-") || target.text().equals("/dev/stdout"));
        if (targets.isEmpty()) {
            arguments.operands().forEach(operand -> call.walk().files.put(lastPart(operand).text(), fetched()));
        }
        return toOutput ? fetched() : Value.literal("");
    }

    private static Value fetcher(Call call, Syntax syntax) {
        var arguments = call.arguments(syntax);
        for (var operand : arguments.operands()) {
            boolean method = operand.text().matches("[A-Z]{3,8}");
            boolean item = !Addresses.isUrl(operand) && (operand.knownIndexOf('=') >= 0 || operand.knownIndexOf('@') >= 0);
            if (item && operand.knownIndexOf('@') >= 0) {
                sendsFile(call, operand.after(operand.knownIndexOf('@') + 1));
            } else if (!method && !item) {
                address(call, operand);
            }
        }
        arguments.values("o", "output", "out").forEach(file -> written(call, file));
        sendsInput(call);
        return fetched();
    }

    static Value ssh(Call call) {
        var arguments = Arguments.leading(call.words(), 1, SSH);
        arguments.operands().stream().limit(1).forEach(host -> address(call, host));
        arguments.values("i", "F").forEach(call.facts()::read);
        arguments.values("J").forEach(jump -> call.facts().host(Addresses.host(jump.shape())));
        for (var option : arguments.values("o")) {
            if (option.text().regionMatches(true, 0, "ProxyCommand", 0, 12) && option.text().length() > 13) {
                call.walk().lenient(option.text().substring(13), null);
            }
        }
        call.facts().mark(Mark.USES_NETWORK);
        if (call.words().stream().anyMatch(word -> word.origin().file())) {
            sends(call);
        }
        var input = call.input();
        if (input != null && !input.known()) {
            sends(call);
        }
        return fetched();
    }

    private static Value copy(Call call, Syntax syntax) {
        var arguments = call.arguments(syntax);
        arguments.values("i", "F").forEach(call.facts()::read);
        transfer(call, arguments.operands());
        return Value.UNKNOWN;
    }

    /// Sources, then a target; each is a local file or remote.
    private static void transfer(Call call, List<Value> operands) {
        for (int i = 0; i < operands.size(); i++) {
            var operand = operands.get(i);
            boolean target = i == operands.size() - 1;
            @Nullable String host = Addresses.isUrl(operand) ? Addresses.host(operand.shape()) : Addresses.remoteCopy(operand.shape());
            boolean remote = host != null || isRemote(operand);
            if (remote) {
                call.facts().host(host);
                if (Addresses.isUrl(operand)) {
                    call.facts().url(operand.text());
                }
                if (target && operands.size() > 1) {
                    sends(call);
                }
            } else if (target && operands.size() > 1) {
                call.facts().write(operand);
            } else {
                call.facts().read(operand);
            }
        }
    }

    private static boolean isRemote(Value operand) {
        int colon = operand.shape().indexOf(':');
        int slash = operand.shape().indexOf('/');
        return colon > 0 && (slash < 0 || colon < slash);
    }

    private static @Nullable Value rsync(Call call) {
        var arguments = call.arguments(RSYNC);
        arguments.values("e", "rsh").forEach(shell -> call.walk().code(shell));
        boolean remote = arguments.operands().stream().anyMatch(operand -> Addresses.isUrl(operand) || isRemote(operand));
        transfer(call, arguments.operands());
        return remote ? Value.UNKNOWN : null;
    }

    private static Value netcat(Call call) {
        var arguments = call.arguments(NETCAT);
        if (!arguments.has("l", "listen")) {
            arguments.operands().stream().limit(1).forEach(operand -> address(call, operand));
        }
        for (var command : arguments.values("e", "c", "exec", "sh-exec")) {
            var inner = call.walk().code(command);
            if (inner.heads().isEmpty() || inner.heads().stream().anyMatch(Shells::isShell)) {
                call.facts().mark(Mark.REVERSE_SHELL);
            }
        }
        sendsInput(call);
        return fetched();
    }

    private static Value socat(Call call) {
        for (var operand : call.from(1)) {
            var parts = operand.shape().split("[:,]", 4);
            var kind = parts[0].toUpperCase(java.util.Locale.ROOT);
            if (kind.equals("EXEC") || kind.equals("SYSTEM")) {
                call.facts().mark(Mark.REVERSE_SHELL);
                if (parts.length > 1) {
                    call.walk().lenient(parts[1], null);
                }
            } else if (parts.length > 2 && kind.matches("(TCP|UDP|OPENSSL|SSL|SCTP|PROXY|SOCKS4A?)[46]?(-CONNECT|-SENDTO)?")) {
                call.facts().host(Addresses.named(parts[1]));
            } else if ((kind.equals("FILE") || kind.equals("OPEN") || kind.equals("GOPEN")) && parts.length > 1) {
                sendsFile(call, operand.after(parts[0].length() + 1));
            }
        }
        sendsInput(call);
        return fetched();
    }

    private static Value lookup(Call call) {
        var operands = call.arguments(DIG).operands().stream().filter(operand -> !operand.startsWith("+")).toList();
        for (var operand : operands) {
            boolean type = operand.text().matches("(?i)A|AAAA|ANY|MX|TXT|NS|CNAME|SOA|PTR|SRV|CAA|AXFR|IN|CH");
            if (!type) {
                call.facts().host(Addresses.named(operand.startsWith("@") ? operand.shape().substring(1) : operand.shape()));
            }
        }
        return fetched();
    }

    private static Value database(Call call) {
        var arguments = call.arguments(DATABASE);
        arguments.values("h", "host", "hostname").forEach(host -> call.facts().host(Addresses.host(host.shape())));
        arguments.values("f", "file").forEach(call.name().contains("dump") ? call.facts()::write : call.facts()::read);
        for (var word : call.from(1)) {
            int host = word.shape().indexOf("host=");
            if (Addresses.isUrl(word)) {
                url(call.walk(), word);
            } else if (host >= 0 && !word.startsWith("-")) {
                call.facts().host(Addresses.named(word.shape().substring(host + 5).split("[ '\"]", 2)[0]));
            }
        }
        return fetched();
    }

    private static Value cloud(Call call) {
        var arguments = call.arguments(CLOUD);
        arguments.values("endpoint-url").forEach(endpoint -> address(call, endpoint));
        arguments.values("body").forEach(file -> sendsFile(call, file.startsWith("fileb://") ? file.after(8) : file));
        if (arguments.has("file", "f") && call.name().equals("az")) {
            arguments.values("file", "f").forEach(file -> sendsFile(call, file));
        }
        var operands = arguments.operands();
        int verb = 0;
        while (verb < operands.size() && !Set.of("cp", "mv", "sync", "rsync", "put", "copy", "copyto", "move").contains(operands.get(verb).text())) {
            verb++;
        }
        var places = operands.subList(Math.min(verb + 1, operands.size()), operands.size());
        for (int i = 0; i < places.size(); i++) {
            boolean target = i == places.size() - 1 && places.size() > 1;
            var place = places.get(i);
            if (Addresses.isUrl(place) || isRemote(place)) {
                if (Addresses.isUrl(place)) {
                    url(call.walk(), place);
                }
                if (target && !Addresses.isUrl(places.getFirst())) {
                    sends(call);
                }
            } else if (target) {
                call.facts().write(place);
            } else if (place.text().equals("-")) {
                sendsInput(call);
            } else {
                call.facts().read(place);
            }
        }
        return fetched();
    }

    private static Value secureClient(Call call) {
        for (int i = 2; i < call.words().size() - 1; i++) {
            if (Set.of("-connect", "-host", "-proxy").contains(call.word(i))) {
                call.facts().host(Addresses.host(call.words().get(i + 1).shape()));
            }
        }
        sendsInput(call);
        return fetched();
    }

    /// Package managers: their registry, and whether they publish.
    private static @Nullable Value packages(Call call) {
        if (Publishing.publishes(call)) {
            call.facts().mark(Mark.PUBLISHES);
            notesUrls(call.walk(), call.words());
            return Value.UNKNOWN;
        }
        if (!PACKAGES.contains(call.name())) {
            return null;
        }
        boolean fetches = !LOCAL.contains(call.word(1)) && call.words().stream().skip(1).limit(4).anyMatch(word -> FETCHING.contains(word.text()));
        boolean runner = call.name().endsWith("x") && Set.of("npx", "pnpx", "bunx", "uvx", "pipx").contains(call.name());
        if (!fetches && !runner) {
            return null;
        }
        notesUrls(call.walk(), call.words());
        return Value.UNKNOWN;
    }
}
