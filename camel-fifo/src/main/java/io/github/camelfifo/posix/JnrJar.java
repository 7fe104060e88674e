package io.github.camelfifo.posix;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;

/**
 * A jar of jnr's. They fit together in the versions that were the newest at the same time, and an application's BOM can take
 * some of them back.
 */
enum JnrJar {
    POSIX("jnr-posix", "jnr/posix/POSIX.class"),
    FFI("jnr-ffi", "jnr/ffi/Runtime.class"),
    CONSTANTS("jnr-constants", "jnr/constants/Constant.class"),
    JFFI("jffi", "com/kenai/jffi/Library.class");

    /** Written by the build, from what it has resolved. */
    private static final String NEEDED = "jnr-versions.properties";

    private final String artifact;
    private final String classFile;

    JnrJar(String artifact, String classFile) {
        this.artifact = artifact;
        this.classFile = classFile;
    }

    /** Those on the class path that are not of the version that this was built with. */
    static List<JnrJar> ofOtherVersions() {
        return Arrays.stream(values())
                .filter(jar -> !jar.found().equals(jar.needed()))
                .toList();
    }

    /** For example {@code jnr-ffi 2.3.4}: what this was built with. */
    String needed() {
        return artifact + " " + version(JnrJar.class.getResource(NEEDED), artifact);
    }

    /** For example {@code jnr-ffi 2.2.13}, or {@code no jnr-ffi}: what is on the class path. */
    String found() {
        URL holder = JnrJar.class.getClassLoader().getResource(classFile);
        if (holder == null) {
            return "no " + artifact;
        }
        return artifact + " " + version(noteBeside(holder), "version");
    }

    /** Maven's note of the version in the jar that this class is from; another jar may have one too. */
    private URL noteBeside(URL holder) {
        String toRoot = "../".repeat(classFile.split("/").length - 1);
        try {
            return new URL(holder, toRoot + "META-INF/maven/com.github.jnr/" + artifact + "/pom.properties");
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String version(URL properties, String key) {
        Properties versions = new Properties();
        try {
            URLConnection connection = properties.openConnection();
            connection.setUseCaches(false);
            try (InputStream stream = connection.getInputStream()) {
                versions.load(stream);
            }
        } catch (IOException e) {
            // a jar that somebody has packed anew without it
        }
        return versions.getProperty(key, "of an unknown version");
    }
}
