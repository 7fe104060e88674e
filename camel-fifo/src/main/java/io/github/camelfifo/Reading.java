package io.github.camelfifo;

import io.github.camelfifo.pipe.Claimant;

/**
 * How the FIFOs at a path are read.
 *
 * @param reader has them for itself
 * @param looks whether bytes leave the pipe only when their frame is done
 * @param keepsRest whether what was read and is in no frame yet is kept for the next one who reads the FIFO
 */
record Reading(Claimant reader, boolean looks, boolean keepsRest) {

    /** As an endpoint's options say. */
    static Reading of(FifoEndpoint endpoint) {
        boolean looks = endpoint.getConfiguration().getAcknowledge() == Acknowledge.ON_COMPLETION;
        return new Reading(endpoint::getEndpointUri, looks, true);
    }

    /** Frame by frame, and nothing beyond a frame. */
    static Reading polled(PolledPath path) {
        return new Reading(path, true, true);
    }

    /** Answers to requests: a part of an answer is nothing to go on with. */
    static Reading ofReplies(FifoEndpoint endpoint) {
        return new Reading(endpoint::getEndpointUri, false, false);
    }
}
