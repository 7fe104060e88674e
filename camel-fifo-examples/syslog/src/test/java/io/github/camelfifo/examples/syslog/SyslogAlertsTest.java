package io.github.camelfifo.examples.syslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.camelfifo.examples.support.Programs;
import io.github.camelfifo.examples.support.Readme;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole example, with the daemons of this machine. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class SyslogAlertsTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    private String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void messagesComeInAndAlertsGoOutAndNothingIsLostOrForged(Daemon daemon) throws Exception {
        assumeTrue(Programs.find("logger").isPresent(), "logger, of Debian's package bsdutils, is not installed");
        assumeTrue(daemon.find().isPresent(), daemon::notFound);

        int exitCode = SyslogAlerts.run(each -> each == daemon ? each.find() : Optional.empty(), out);

        assertThat(printed())
                .contains(daemon.program() + ": a restart of the route", "7 of 7 as it should be")
                .doesNotContain("WRONG");
        assertThat(exitCode).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void aDaemonThatDoesNotStartIsReportedAtOnceWithItsWords(Daemon daemon, @TempDir Path elsewhere) throws Exception {
        assumeTrue(Programs.find("logger").isPresent(), "logger, of Debian's package bsdutils, is not installed");
        Path program = elsewhere.resolve(daemon.program());
        Files.writeString(program, "#!/bin/sh\necho \"no license for $@\"\nenv\nexit 1\n");
        // the daemon's user is another one where root runs the test
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));

        // one that is installed where it belongs knows where its libraries are
        assertThatThrownBy(
                        () -> SyslogAlerts.run(each -> each == daemon ? Optional.of(program) : Optional.empty(), out))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a process has ended before its socket")
                .hasMessageContaining("no license for -")
                .hasMessageNotContainingAny("LD_LIBRARY_PATH=/opt", "--module-path");
    }

    @Test
    void withoutADaemonItSaysWhatToInstall() throws Exception {
        assumeTrue(Programs.find("logger").isPresent(), "logger, of Debian's package bsdutils, is not installed");

        assertThat(SyslogAlerts.run(daemon -> Optional.empty(), out)).isEqualTo(2);

        assertThat(printed())
                .contains("syslog-ng is not installed.", "apt-get install syslog-ng-core (")
                .contains("rsyslogd is not installed.", "apt-get install rsyslog (")
                .contains("exclude each other", "machine to throw away, .ci/install-programs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsyslog.conf", "syslog-ng.conf", "alerts-to-rsyslog.sh"})
    void theReadmeShowsWhatTheDaemonsGet(String name) throws IOException {
        try (InputStream file = SyslogAlertsTest.class.getResourceAsStream("/" + name)) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8))
                    .contains(Readme.ofThisModule().block(name));
        }
    }
}
