package io.trailwarden.dialect.shell;

import static java.util.Map.entry;

import io.trailwarden.dialect.shell.Arguments.Syntax;
import io.trailwarden.dialect.shell.CommandFacts.Mark;
import io.trailwarden.dialect.shell.Value.Origin;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Programs that read, write and delete files, or pass on what flows through them.
final class Programs {

    /// Programs whose operands are files they read.
    private static final Map<String, Syntax> READERS = Map.ofEntries(
            entry("cat", Syntax.NONE), entry("tac", Syntax.of("s")), entry("nl", Syntax.of("bdfhilnsvw")), entry("less", Syntax.of("kKoOptTxyz")), entry("more", Syntax.of("n")), entry("most", Syntax.NONE),
            entry("head", Syntax.of("nc", "lines", "bytes")), entry("tail", Syntax.of("ncs", "lines", "bytes", "pid", "sleep-interval")), entry("bat", Syntax.of("lrHm", "language", "line-range", "style", "theme")), entry("batcat", Syntax.of("lrHm")),
            entry("wc", Syntax.NONE), entry("od", Syntax.of("AjNStw")), entry("hexdump", Syntax.of("efns")), entry("hd", Syntax.of("ns")), entry("strings", Syntax.of("nteT")),
            entry("cut", Syntax.of("bcdf", "delimiter", "fields", "bytes", "characters", "output-delimiter")), entry("uniq", Syntax.of("fsw")), entry("comm", Syntax.NONE), entry("diff", Syntax.of("CUIxXSFW")), entry("cmp", Syntax.of("in")),
            entry("sdiff", Syntax.of("wo")), entry("vimdiff", Syntax.NONE), entry("paste", Syntax.of("d", "delimiters")), entry("join", Syntax.of("12aeotvj")), entry("column", Syntax.of("cstoNROEH")), entry("fold", Syntax.of("w")), entry("fmt", Syntax.of("wpg")), entry("pr", Syntax.of("hlwNosieDn")),
            entry("rev", Syntax.NONE), entry("md5sum", Syntax.NONE), entry("sha1sum", Syntax.NONE), entry("sha256sum", Syntax.NONE), entry("sha512sum", Syntax.NONE), entry("shasum", Syntax.of("a")), entry("cksum", Syntax.of("a")), entry("b2sum", Syntax.of("l")),
            entry("file", Syntax.of("fFmPe")), entry("zcat", Syntax.NONE), entry("bzcat", Syntax.NONE), entry("xzcat", Syntax.NONE), entry("zstdcat", Syntax.NONE), entry("gzcat", Syntax.NONE), entry("lz4cat", Syntax.NONE), entry("zless", Syntax.NONE), entry("expand", Syntax.of("t")), entry("unexpand", Syntax.of("t")),
            entry("split", Syntax.of("abCln")), entry("csplit", Syntax.of("bfn")), entry("shuf", Syntax.of("inor")), entry("view", Syntax.of("cSsTuw")), entry("glow", Syntax.of("sw")), entry("mdcat", Syntax.NONE), entry("pygmentize", Syntax.of("lfoO")), entry("ul", Syntax.of("t")), entry("look", Syntax.of("t")),
            entry("ssh-add", Syntax.of("tEeSsH")), entry("gpg", Syntax.of("oru", "output", "recipient", "local-user", "passphrase", "passphrase-file", "homedir")), entry("gpg2", Syntax.of("oru", "output", "recipient")), entry("age", Syntax.of("oriR")), entry("sqlite3", Syntax.of("", "cmd", "init", "separator")), entry("pdftotext", Syntax.of("fl")), entry("pandoc", Syntax.of("fto", "from", "to", "output")), entry("jless", Syntax.NONE), entry("csvcut", Syntax.of("cdC")), entry("dos2unix", Syntax.NONE), entry("iconv", Syntax.of("fto")), entry("sops", Syntax.of("")), entry("ansible-vault", Syntax.NONE), entry("mapfile", Syntax.of("dnOsuCc")), entry("xargs", Syntax.NONE));

    /// Programs whose first operand is a pattern or script unless an option gives it; the rest are files.
    private static final Map<String, Syntax> SEARCHERS = Map.ofEntries(
            entry("grep", Syntax.of("ABCDdefm", "regexp", "file", "include", "exclude", "exclude-dir", "exclude-from", "after-context", "before-context", "context", "max-count", "color", "label")),
            entry("egrep", Syntax.of("ABCDdefm", "regexp", "file")), entry("fgrep", Syntax.of("ABCDdefm", "regexp", "file")), entry("zgrep", Syntax.of("ABCDdefm", "regexp", "file")), entry("ugrep", Syntax.of("ABCefm")),
            entry("rg", Syntax.of("ABCEMdefgjmrtT", "regexp", "file", "glob", "iglob", "type", "type-not", "max-count", "max-depth", "context", "after-context", "before-context", "replace", "sort", "color", "threads", "engine", "pre", "encoding")),
            entry("ag", Syntax.of("ABCGmpW")), entry("ack", Syntax.of("ABCmg")), entry("sed", Syntax.of("efl", "expression", "file", "line-length")), entry("gsed", Syntax.of("efl", "expression", "file")),
            entry("awk", Syntax.of("fFvei", "file", "field-separator", "assign", "source")), entry("gawk", Syntax.of("fFvei", "file", "field-separator", "assign", "source")), entry("mawk", Syntax.of("fFv")), entry("nawk", Syntax.of("fFv")),
            entry("jq", Syntax.of("fL", "from-file", "indent")), entry("yq", Syntax.of("op", "output-format", "input-format", "from-file")), entry("xmllint", Syntax.of("", "xpath")), entry("perl-rename", Syntax.NONE));

    private static final Map<String, Syntax> WRITERS = Map.ofEntries(
            entry("tee", Syntax.NONE), entry("touch", Syntax.of("drt", "date", "reference", "time")), entry("truncate", Syntax.of("sr", "size", "reference")), entry("sponge", Syntax.NONE), entry("nano", Syntax.of("TrQ")), entry("vi", Syntax.of("cSsTuw")), entry("vim", Syntax.of("cSsTuw")),
            entry("nvim", Syntax.of("cSsTuw")), entry("emacs", Syntax.NONE), entry("ed", Syntax.of("p")), entry("ex", Syntax.of("c")), entry("visudo", Syntax.of("f")), entry("patch", Syntax.of("pidBFoDrVYz")), entry("fallocate", Syntax.of("lo")), entry("mkfifo", Syntax.of("m")));

    private static final Map<String, Syntax> CHANGERS = Map.of(
            "chmod", Syntax.of("", "reference"), "chown", Syntax.of("", "reference", "from"), "chgrp", Syntax.of("", "reference"), "setfacl", Syntax.of("mxMX"), "chattr", Syntax.of("vp"));

    private static final Map<String, Syntax> COPIERS = Map.of(
            "cp", Syntax.of("tS", "target-directory", "suffix"), "mv", Syntax.of("tS", "target-directory", "suffix"), "install", Syntax.of("tSmog", "target-directory", "mode", "owner", "group", "suffix"),
            "ln", Syntax.of("tS", "target-directory", "suffix"), "rsync", Syntax.of("efT", "exclude", "include", "rsh"), "gcp", Syntax.of("tS"), "ditto", Syntax.NONE, "rename", Syntax.NONE);

    private static final Map<String, Syntax> DELETERS = Map.of(
            "rm", Syntax.NONE, "unlink", Syntax.NONE, "shred", Syntax.of("ns", "iterations", "size", "random-source"), "rmdir", Syntax.NONE, "srm", Syntax.NONE, "wipe", Syntax.of("qQ"), "trash", Syntax.NONE, "trash-put", Syntax.NONE,
            "wipefs", Syntax.of("ot"), "grm", Syntax.NONE);

    private static final Syntax BASE64 = Syntax.of("wio", "wrap", "input", "output");
    private static final Syntax XXD = Syntax.of("clgoRsn");
    private static final Syntax SORT = Syntax.of("kStTo", "key", "output", "field-separator", "buffer-size", "temporary-directory", "parallel", "files0-from");
    private static final Syntax ZIP = Syntax.of("PbntxiO");
    private static final Syntax TAR = Syntax.of("fCTXbgIKNV", "file", "directory", "files-from", "exclude", "exclude-from", "transform", "use-compress-program", "to-command", "checkpoint-action", "checkpoint", "strip-components", "owner", "group", "mode", "rsh-command");

    private static final Set<String> DECOMPRESSORS = Set.of("gunzip", "zcat", "bunzip2", "bzcat", "unxz", "xzcat", "unlzma", "unzstd", "zstdcat", "uudecode", "lz4cat", "gzcat", "uncompress", "basenc", "rot13");
    private static final Set<String> COMPRESSORS = Set.of("gzip", "bzip2", "xz", "zstd", "lz4", "lzma", "pigz", "compress", "gunzip", "bunzip2", "unxz", "unzstd", "uncompress", "uudecode", "uuencode");
    private static final Set<String> SECRET_SHOWING = Set.of("env", "printenv", "set", "export", "declare", "history", "ps", "security", "pass", "op", "vault", "secret-tool", "hostname", "whoami", "id", "uname", "ifconfig", "ls", "find", "getent", "pbpaste", "xclip");

    private Programs() {
    }

    /// Notes the files of `call`; the result is what it prints, as far as that is known.
    static Value run(Call call) {
        if (Shells.isInterpreter(call.name())) {
            return Shells.interpreter(call);
        }
        var files = files(call);
        if (files != null) {
            return files;
        }
        return switch (call.name()) {
            case "echo" -> echo(call);
            case "printf" -> printf(call);
            case "base64", "base32", "gbase64" -> base64(call);
            case "xxd" -> xxd(call);
            case "tr" -> translate(call);
            case "source", "." -> source(call);
            case "dd" -> dd(call);
            case "sort" -> sort(call);
            case "tar", "gtar", "bsdtar" -> tar(call);
            case "zip", "7z", "7za", "rar" -> archive(call);
            case "unzip", "unrar" -> unarchive(call);
            case "openssl" -> openssl(call);
            case "crontab", "at", "batch" -> scheduled(call);
            case "sudoedit" -> written(call, call.arguments(Syntax.of("ug")));
            case "make", "gmake" -> read(call, call.arguments(Syntax.of("fCIjlo")).values("f"));
            default -> other(call);
        };
    }

    private static @Nullable Value files(Call call) {
        var name = call.name();
        var reader = READERS.get(name);
        if (reader != null) {
            return reader(call, call.arguments(reader));
        }
        var searcher = SEARCHERS.get(name);
        if (searcher != null) {
            return search(call, call.arguments(searcher));
        }
        var writer = WRITERS.get(name);
        if (writer != null) {
            return written(call, call.arguments(writer));
        }
        var changer = CHANGERS.get(name);
        if (changer != null) {
            call.arguments(changer).operands().stream().skip(name.equals("setfacl") ? 0 : 1).forEach(call.facts()::write);
            return Value.UNKNOWN;
        }
        var copier = COPIERS.get(name);
        if (copier != null) {
            return copied(call, call.arguments(copier));
        }
        var deleter = DELETERS.get(name);
        if (deleter != null) {
            return deleted(call, call.arguments(deleter));
        }
        return COMPRESSORS.contains(name) ? compressed(call) : null;
    }

    private static Value reader(Call call, Arguments arguments) {
        arguments.values("o", "output").forEach(call.facts()::write);
        arguments.values("passphrase-file", "i", "identity").forEach(call.facts()::read);
        var content = read(call, arguments.operands());
        return DECOMPRESSORS.contains(call.name()) || arguments.has("decrypt") ? Value.unknown("", content.origin().and(Origin.DECODED)) : call.name().equals("cat") ? content : call.name().equals("rev") ? reversed(content) : lossy(call, content);
    }

    /// What comes out of a program that picks or rearranges: still from there, but its text is not worked out. `head` and
    /// its like on literal text are treated as passing all of it on.
    private static Value lossy(Call call, Value content) {
        return Set.of("head", "tail", "tac", "less", "more", "bat", "fold", "fmt", "nl").contains(call.name()) && content.known() ? content : Value.unknown("", content.origin());
    }

    private static Value reversed(Value content) {
        if (!content.known()) {
            return Value.unknown("", content.origin().and(Origin.DECODED));
        }
        var text = new StringBuilder(content.text().strip()).reverse().toString();
        return new Value(text, text, content.origin().and(Origin.DECODED));
    }

    /// Notes `files` as read; the result is their content, or the input when there are none.
    private static Value read(Call call, List<Value> files) {
        Value content = null;
        for (var file : files) {
            call.facts().read(file);
            if (!file.text().equals("-")) {
                var more = call.walk().content(file);
                content = content == null ? more : Value.unknown("", content.origin().and(more.origin()));
            }
        }
        if (content != null) {
            return content;
        }
        var input = call.input();
        return input == null ? Value.UNKNOWN : input;
    }

    private static Value search(Call call, Arguments arguments) {
        boolean given = arguments.has("e", "f", "regexp", "file", "expression", "from-file", "files", "xpath");
        arguments.values("f", "file", "from-file").forEach(call.facts()::read);
        var operands = arguments.operands();
        var files = operands.subList(given ? 0 : Math.min(1, operands.size()), operands.size());
        if (call.name().endsWith("sed") && arguments.options().stream().anyMatch(option -> option.name().startsWith("i") || option.name().startsWith("in-place"))) {
            files.forEach(call.facts()::write);
        }
        if (call.name().endsWith("awk")) {
            operands.stream().limit(1).forEach(script -> awk(call, script));
            files = files.stream().filter(file -> file.knownIndexOf('=') < 0).toList();
        }
        var content = read(call, files);
        return Value.unknown("", content.origin());
    }

    /// `awk` can run commands, and open connections as `/inet/tcp/0/host/port`.
    private static void awk(Call call, Value script) {
        var text = script.text();
        int inet = text.indexOf("/inet/");
        if (inet >= 0) {
            var parts = text.substring(inet).split("[/\"]", 8);
            if (parts.length > 5) {
                call.facts().host(Addresses.named(parts[4]));
            }
            call.facts().mark(Mark.USES_NETWORK);
        }
        int system = text.indexOf("system(\"");
        int end = system < 0 ? -1 : text.indexOf('"', system + 8);
        if (end > 0) {
            call.walk().lenient(text.substring(system + 8, end), null);
        }
    }

    private static Value written(Call call, Arguments arguments) {
        for (var file : arguments.operands()) {
            call.facts().write(file);
            var input = call.input();
            if (call.name().equals("tee") && input != null) {
                call.walk().files.put(file.text(), input);
            }
        }
        var input = call.input();
        return input == null ? Value.UNKNOWN : input;
    }

    private static Value copied(Call call, Arguments arguments) {
        var operands = arguments.operands();
        var targets = arguments.values("t", "target-directory");
        targets.forEach(call.facts()::write);
        int sources = targets.isEmpty() && operands.size() > 1 ? operands.size() - 1 : operands.size();
        for (var source : operands.subList(0, sources)) {
            call.facts().read(source);
            if (call.name().equals("mv")) {
                call.facts().delete(source);
            }
        }
        if (sources < operands.size()) {
            var target = operands.getLast();
            call.facts().write(target);
            var content = call.walk().files.get(operands.getFirst().text());
            if (content != null) {
                call.walk().files.put(target.text(), content);
            }
        }
        return Value.UNKNOWN;
    }

    private static Value deleted(Call call, Arguments arguments) {
        arguments.operands().forEach(call.facts()::delete);
        boolean recursive = arguments.has("r", "R", "recursive");
        if (call.name().endsWith("rm") && recursive && arguments.has("f", "force")) {
            call.facts().mark(Mark.FORCED_DELETE);
        }
        return Value.UNKNOWN;
    }

    private static Value compressed(Call call) {
        var arguments = call.arguments(Syntax.of("SboTM"));
        arguments.operands().forEach(call.facts()::read);
        if (!arguments.operands().isEmpty() && !arguments.has("c", "stdout", "to-stdout", "k", "keep")) {
            arguments.operands().forEach(call.facts()::write);
        }
        var content = contentOf(call, arguments.operands());
        boolean unpacks = DECOMPRESSORS.contains(call.name()) || arguments.has("d", "decompress", "uncompress");
        return Value.unknown("", unpacks ? content.origin().and(Origin.DECODED) : content.origin());
    }

    private static Value contentOf(Call call, List<Value> files) {
        var input = call.input();
        return files.isEmpty() ? input == null ? Value.UNKNOWN : input : call.walk().content(files.getFirst());
    }

    private static Value echo(Call call) {
        var whole = Value.join(call.from(1));
        if (!whole.known()) {
            return new Value(whole.text(), whole.shape(), whole.origin());
        }
        var text = Decoding.echo(call.words());
        return new Value(text, text, whole.origin());
    }

    private static Value printf(Call call) {
        var whole = Value.join(call.from(1));
        var text = whole.known() ? Decoding.printf(call.words(), call.walk().budget) : null;
        if (text == null) {
            return whole.known() ? Value.unknown("", whole.origin()) : new Value(whole.text(), whole.shape(), whole.origin());
        }
        boolean encoded = call.words().size() > 1 && Escapes.encodesLetters(call.word(1));
        return new Value(text, text, encoded ? whole.origin().and(Origin.DECODED) : whole.origin());
    }

    private static Value base64(Call call) {
        var arguments = call.arguments(BASE64);
        arguments.values("o", "output").forEach(call.facts()::write);
        var files = arguments.values("i", "input").isEmpty() ? arguments.operands() : arguments.values("i", "input");
        var content = read(call, files);
        if (!arguments.has("d", "D", "decode")) {
            return Value.unknown("", content.origin());
        }
        return decoded(content, call.name().endsWith("64") && content.known() ? Decoding.base64(content.text()) : null);
    }

    private static Value decoded(Value content, @Nullable String text) {
        var origin = content.origin().and(Origin.DECODED);
        return text == null ? Value.unknown("", origin) : new Value(text, text, origin);
    }

    private static Value xxd(Call call) {
        var arguments = call.arguments(XXD);
        var operands = arguments.operands();
        var content = read(call, operands.subList(0, Math.min(1, operands.size())));
        operands.stream().skip(1).forEach(call.facts()::write);
        var word = call.words().stream().map(Value::text).toList();
        boolean reverses = arguments.has("r") || word.contains("-revert");
        boolean plain = arguments.has("p") || word.contains("-ps") || word.contains("-plain");
        return reverses ? decoded(content, plain && content.known() ? Decoding.hex(content.text()) : null) : Value.unknown("", content.origin());
    }

    private static Value translate(Call call) {
        var input = call.input();
        if (input == null) {
            return Value.UNKNOWN;
        }
        boolean rot13 = call.words().size() == 3 && call.word(1).equalsIgnoreCase("A-Za-z") && call.word(2).equalsIgnoreCase("N-ZA-Mn-za-m");
        if (rot13) {
            return decoded(input, input.known() ? Decoding.rot13(input.text()) : null);
        }
        boolean newlines = call.words().size() == 3 && call.word(1).equals("-d") && call.word(2).matches("\\\\[nrt]|[ \\n]");
        if (newlines && input.known()) {
            var removed = Escapes.printed(call.word(2));
            var text = input.text().replace(removed, "");
            return new Value(text, text, input.origin());
        }
        boolean letters = call.words().size() == 3 && call.word(1).length() > 1 && call.word(2).length() > 1 && !call.word(1).startsWith("-") && !call.word(1).startsWith("[:");
        boolean caseOnly = call.word(1).equals("a-z") || call.word(1).equals("A-Z");
        return Value.unknown("", letters && !caseOnly ? input.origin().and(Origin.DECODED) : input.origin());
    }

    private static Value source(Call call) {
        if (call.words().size() < 2) {
            return Value.UNKNOWN;
        }
        var file = call.words().get(1);
        if (file.text().equals("/dev/stdin")) {
            var input = call.input();
            return input == null ? Value.UNKNOWN : call.walk().code(input).output();
        }
        call.facts().read(file);
        return Shells.file(call.walk(), file, Walk.Outcome.of(call.name(), Value.UNKNOWN)).output();
    }

    private static Value dd(Call call) {
        Value content = call.input() == null ? Value.UNKNOWN : call.output();
        boolean toFile = false;
        for (var word : call.from(1)) {
            if (word.startsWith("if=")) {
                call.facts().read(word.after(3));
                content = call.walk().content(word.after(3));
            } else if (word.startsWith("of=")) {
                call.facts().write(word.after(3));
                toFile = true;
            }
        }
        return toFile ? Value.literal("") : content;
    }

    private static Value sort(Call call) {
        var arguments = call.arguments(SORT);
        arguments.values("o", "output").forEach(call.facts()::write);
        return Value.unknown("", read(call, arguments.operands()).origin());
    }

    private static Value tar(Call call) {
        var words = new java.util.ArrayList<>(call.words());
        if (words.size() > 1 && !call.word(1).startsWith("-")) {
            words.set(1, new Value("-" + words.get(1).text(), "-" + words.get(1).shape(), words.get(1).origin()));
        }
        var arguments = Arguments.read(words, 1, TAR);
        boolean extracts = arguments.has("x", "extract", "get");
        boolean lists = arguments.has("t", "list");
        var archives = arguments.values("f", "file");
        for (var program : arguments.values("I", "use-compress-program", "to-command", "rsh-command")) {
            call.walk().code(program);
        }
        for (var action : arguments.values("checkpoint-action")) {
            if (action.startsWith("exec=")) {
                call.walk().code(action.after(5));
            }
        }
        arguments.values("T", "files-from").forEach(call.facts()::read);
        if (extracts || lists) {
            archives.forEach(call.facts()::read);
            return Value.unknown("", contentOf(call, archives).origin().and(Origin.DECODED));
        }
        arguments.operands().forEach(call.facts()::read);
        archives.forEach(call.facts()::write);
        return Value.unknown("", Origin.FILE);
    }

    private static Value archive(Call call) {
        var operands = call.arguments(ZIP).operands();
        int first = call.name().equals("zip") ? 0 : 1;
        boolean extracts = first == 1 && Set.of("x", "e", "l", "t").contains(call.word(1));
        for (int i = first; i < operands.size(); i++) {
            if (i == first && !extracts) {
                call.facts().write(operands.get(i));
            } else {
                call.facts().read(operands.get(i));
            }
        }
        return Value.unknown("", Origin.FILE);
    }

    private static Value unarchive(Call call) {
        call.arguments(Syntax.of("dPx")).operands().stream().limit(1).forEach(call.facts()::read);
        return Value.unknown("", Origin.DECODED);
    }

    private static Value openssl(Call call) {
        Value content = call.input() == null ? Value.UNKNOWN : call.output();
        boolean decodes = false;
        for (int i = 2; i < call.words().size(); i++) {
            switch (call.word(i)) {
                case "-in", "-inkey", "-key", "-CAfile", "-cert", "-kfile" -> {
                    if (i + 1 < call.words().size()) {
                        content = read(call, List.of(call.words().get(++i)));
                    }
                }
                case "-out", "-keyout" -> {
                    if (i + 1 < call.words().size()) {
                        call.facts().write(call.words().get(++i));
                    }
                }
                case "-d", "-decrypt" -> decodes = true;
                default -> {
                    // Other options name no files.
                }
            }
        }
        var input = call.input();
        boolean base64 = call.word(1).equals("base64") || call.words().stream().anyMatch(word -> word.text().equals("-base64") || word.text().equals("-a"));
        if (decodes && input != null && input.known() && base64) {
            return decoded(input, Decoding.base64(input.text()));
        }
        return Value.unknown("", decodes ? content.origin().and(Origin.DECODED) : content.origin());
    }

    /// `at` and `batch` run their input later; `crontab` installs it.
    private static Value scheduled(Call call) {
        var input = call.input();
        if (!call.name().equals("crontab") && input != null) {
            call.walk().code(input);
        }
        if (call.name().equals("crontab")) {
            call.arguments(Syntax.of("u")).operands().forEach(call.facts()::read);
        }
        return Value.UNKNOWN;
    }

    private static Value other(Call call) {
        if (call.words().getFirst().shape().indexOf('/') >= 0) {
            var content = call.walk().files.get(call.words().getFirst().text());
            content = content == null && call.words().getFirst().startsWith("./") ? call.walk().files.get(call.words().getFirst().text().substring(2)) : content;
            if (content != null) {
                call.walk().code(content);
            }
        }
        boolean secret = SECRET_SHOWING.contains(call.name());
        var input = call.input();
        var origin = input == null ? Origin.NONE : input.origin();
        return Value.unknown("", secret ? origin.and(Origin.FILE) : DECOMPRESSORS.contains(call.name()) ? origin.and(Origin.DECODED) : origin);
    }
}
