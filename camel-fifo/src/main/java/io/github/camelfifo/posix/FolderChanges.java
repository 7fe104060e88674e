package io.github.camelfifo.posix;

import java.util.Set;

/**
 * What has happened in a folder; {@link Inotify#takeNames} tells it.
 *
 * @param names the names that came, went or got other permissions, in the order of the events; an empty name for the
 *     folder itself
 * @param lost whether there were too many events: then any name may have changed
 */
public record FolderChanges(Set<String> names, boolean lost) {}
