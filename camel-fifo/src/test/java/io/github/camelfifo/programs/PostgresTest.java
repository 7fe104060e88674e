package io.github.camelfifo.programs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelfifo.testing.ShellProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL's COPY writes rows into a pipe that a route reads, and loads rows that a route writes. */
@Needs(program = "initdb", debianPackage = "postgresql")
class PostgresTest extends ProgramTestSupport {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A row with each character that COPY escapes, and NULL beside the empty text. */
    private static final String SPECIAL_ROWS =
            "INSERT INTO orders VALUES (1, E'a\\tb'), (2, E'c:\\\\d'), (3, NULL), (4, '')";

    private static final List<String> SPECIAL_LINES = List.of("1\ta\\tb", "2\tc:\\\\d", "3\t\\N", "4\t");

    private String data;

    @BeforeEach
    void startServer() throws Exception {
        data = folder.path("data").toString();
        run("initdb", "-A", "trust", "-U", "tester", "--no-sync", "-D", data);
        closing(this::stopServer);
        String options = "-c listen_addresses='' -c fsync=off -k " + folder.path();
        run("pg_ctl", "start", "-w", "-D", data, "-o", options, "-l", folder.path("log"));
        sql("CREATE TABLE orders (id int, what text)");
    }

    /** One that has not started has said why; that it cannot be stopped says nothing. */
    private void stopServer() {
        if (Files.exists(folder.path("data/postmaster.pid"))) {
            run("pg_ctl", "stop", "-D", data, "-m", "immediate");
        }
    }

    private ShellProcess psql(String statement) {
        return start("psql", "-X", "-q", "-A", "-t", "-h", folder.path(), "-U", "tester", "-c", statement, "postgres");
    }

    private String sql(String statement) {
        return psql(statement).await();
    }

    /** The backend that runs COPY, as soon as it waits for the other end of the pipe. */
    private long awaitBackendInOpen() throws Exception {
        String query = "SELECT pid FROM pg_stat_activity WHERE query LIKE 'COPY %'";
        String pid = soon().until(() -> sql(query).strip(), found -> !found.isEmpty());
        long backend = Long.parseLong(pid);
        awaitInOpen(backend);
        return backend;
    }

    @Test
    void copyToGivesEachRowAsALine() throws Exception {
        fifo("rows");
        startRoutes("postgresql-rows");
        sql(SPECIAL_ROWS);
        sql("INSERT INTO orders SELECT n, 'order ' || n FROM generate_series(5, 5000) n");

        sql(example("postgresql-copy-to"));

        awaitLogged("rows", 5000);
        List<String> rows = logged("rows");
        assertThat(rows).hasSize(5000).startsWith(SPECIAL_LINES.toArray(new String[0]));
        assertThat(rows.subList(4, 5000))
                .containsExactlyElementsOf(numbers(5, 5000).stream()
                        .map(number -> number + "\torder " + number)
                        .toList());
    }

    @Test
    void copyFromLoadsAMessageAndEnds() throws Exception {
        fifo("load");
        startRoutes("postgresql-load");
        ProducerTemplate template = closing(context.createProducerTemplate());
        String rows = String.join("\n", SPECIAL_LINES) + "\n";
        for (int i = 0; i < 2; i++) {
            ShellProcess copy = psql(example("postgresql-copy-from"));
            template.sendBody("direct:load", rows);
            copy.await();
        }

        assertThat(sql("SELECT count(*), count(what), sum(length(what)) FROM orders")
                        .strip())
                .isEqualTo("8|6|14");
        sql("CREATE TABLE expected (LIKE orders)");
        sql(SPECIAL_ROWS.replace("orders", "expected"));
        assertThat(sql("SELECT * FROM orders EXCEPT SELECT * FROM expected")).isEmpty();
        assertThat(sql("SELECT * FROM expected EXCEPT SELECT * FROM orders")).isEmpty();
    }

    @Test
    void withoutAReaderTheBackendCannotBeCancelledUntilThePipeIsOpened() throws Exception {
        fifo("rows");
        sql(SPECIAL_ROWS);
        ShellProcess copy = psql(example("postgresql-copy-to"));
        long backend = awaitBackendInOpen();

        assertThat(sql("SELECT pg_cancel_backend(%d)".formatted(backend)).strip())
                .isEqualTo("t");
        assertThat(sql("SELECT pg_terminate_backend(%d, 500)".formatted(backend))
                        .strip())
                .isEqualTo("f");
        assertThat(OtherProcess.waitsIn(backend)).isEqualTo(OtherProcess.IN_OPEN);
        assertThat(copy.isAlive()).isTrue();

        sh(example("postgresql-way-out")).await();
        assertThat(copy.awaitExit(PATIENCE)).isNotZero();
        assertThat(copy.errorOutput()).contains("terminating connection due to administrator command");
    }

    @Test
    void withoutAWriterTheBackendCannotBeCancelledEither() throws Exception {
        Path fifo = fifo("load");
        ShellProcess copy = psql(example("postgresql-copy-from"));
        long backend = awaitBackendInOpen();

        assertThat(sql("SELECT pg_cancel_backend(%d)".formatted(backend)).strip())
                .isEqualTo("t");
        assertThat(OtherProcess.waitsIn(backend)).isEqualTo(OtherProcess.IN_OPEN);
        assertThat(copy.isAlive()).isTrue();

        sh(": > \"$1\"", fifo).await();
        assertThat(copy.awaitExit(PATIENCE)).isNotZero();
        assertThat(copy.errorOutput()).contains("canceling statement due to user request");
    }

    @Test
    void aProgramWithATimeLimitEndsByItself() throws Exception {
        fifo("rows");
        sql(SPECIAL_ROWS);
        ShellProcess copy = psql(example("postgresql-program").replace("timeout 10 ", "timeout 0.2 "));

        assertThat(copy.awaitExit(PATIENCE)).isNotZero();
        assertThat(copy.errorOutput()).contains("child process exited with exit code 124");

        startRoutes("postgresql-rows");
        sql(example("postgresql-program"));
        awaitLogged("rows", 4);
        assertThat(logged("rows")).isEqualTo(SPECIAL_LINES);
    }
}
