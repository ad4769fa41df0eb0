package io.trailwarden.database;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/// The configuration files of the embedded server; written anew at every start, so they always are this version's.
final class ServerSettings {

    private static final long MEBIBYTE = 1L << 20;

    private ServerSettings() {
    }

    /// Writes `postgresql.conf` and `pg_hba.conf` into `data`.
    ///
    /// @param more settings that win over ours
    static void write(Path data, int port, Map<String, String> more) throws IOException {
        Files.writeString(data.resolve("postgresql.conf"), postgresqlConf(port, more));
        Files.writeString(data.resolve("pg_hba.conf"), """
                # Written by Trailwarden at every start.
                # A password from everybody, and nobody from elsewhere.
                host all all 127.0.0.1/32 scram-sha-256
                """);
    }

    private static String postgresqlConf(int port, Map<String, String> more) {
        long memory = memory();
        // A quarter of the usual advice: the program shares the machine, and writes far more than it reads.
        long buffers = Math.clamp(memory / 16, 32 * MEBIBYTE, 256 * MEBIBYTE);
        return """
                # Written by Trailwarden at every start. Settings of your own go into local.conf beside this file.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                max_connections = 60
                password_encryption = scram-sha-256

                fsync = on
                full_page_writes = on
                wal_compression = pglz
                max_wal_size = 4GB
                checkpoint_timeout = 15min
                shared_buffers = %dMB
                effective_cache_size = %dMB
                maintenance_work_mem = 64MB
                jit = off

                timezone = 'UTC'
                log_timezone = 'UTC'
                lc_messages = 'C'
                logging_collector = on
                log_directory = '../log'
                log_filename = 'postgresql-%%a.log'
                log_truncate_on_rotation = on
                log_rotation_age = 1d
                log_rotation_size = 0
                # Statements and details of errors hold what people typed.
                log_min_error_statement = panic
                log_error_verbosity = terse
                %s
                include_if_exists = 'local.conf'
                """.formatted(port, buffers / MEBIBYTE, Math.max(64, memory / 2 / MEBIBYTE),
                more.entrySet().stream().map(setting -> setting.getKey() + " = '" + setting.getValue().replace("'", "''") + "'")
                        .collect(Collectors.joining("\n")));
    }

    /// Bytes of memory of this machine, or of this container when it is limited.
    private static long memory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
