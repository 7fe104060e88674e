package io.github.camelfifo.pipe;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Writes down what it is told. */
final class RecordingListener implements PipeListener {

    private final List<String> told = new CopyOnWriteArrayList<>();

    List<String> told() {
        return told;
    }

    @Override
    public void readerMissing(String path, boolean hadReader) {
        told.add(hadReader ? "reader gone" : "no reader");
    }

    @Override
    public void readerCame(String path) {
        told.add("reader came");
    }

    @Override
    public void notReopened(String path, String why) {
        told.add("not reopened: " + why);
    }

    @Override
    public void reopened(String path) {
        told.add("reopened");
    }

    @Override
    public void bytesLost(String path, long bytes, String why) {
        told.add(bytes + " bytes lost: " + why);
    }

    @Override
    public void foreignReader(String path) {
        told.add("foreign reader");
    }

    @Override
    public void readTwice(String place, String other) {
        told.add("read twice: " + place + " and " + other);
    }

    @Override
    public void capacityRefused(String path, int bytes, String why) {
        told.add("capacity of " + bytes + " bytes refused: " + why);
    }

    @Override
    public void pathReplaced(String path) {
        told.add("path replaced");
    }

    @Override
    public void pathLost(String path, String why) {
        told.add("path lost: " + why);
    }

    @Override
    public void pathFound(String path) {
        told.add("path found");
    }
}
