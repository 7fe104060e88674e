package io.github.camelfifo;

import java.util.List;
import java.util.Optional;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.support.cluster.AbstractCamelClusterService;
import org.apache.camel.support.cluster.AbstractCamelClusterView;

/** A cluster of one, which the test takes the leadership from and gives it back to. */
final class ToggledCluster extends AbstractCamelClusterService<ToggledCluster.View> {

    private volatile boolean leads = true;

    ToggledCluster() {
        super("toggled");
    }

    /** Gives or takes the leadership; when this returns, consumers have stopped, or will start. */
    void lead(boolean leader) {
        leads = leader;
        getNamespaces().forEach(namespace -> view(namespace).fireLeadershipChangedEvent(null));
    }

    private View view(String namespace) {
        try {
            return getView(namespace).unwrap(View.class);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected View createView(String namespace) {
        return new View(namespace);
    }

    /** The local member is the only one. */
    final class View extends AbstractCamelClusterView {

        private final CamelClusterMember self = new CamelClusterMember() {
            @Override
            public String getId() {
                return "self";
            }

            @Override
            public boolean isLeader() {
                return leads;
            }

            @Override
            public boolean isLocal() {
                return true;
            }
        };

        private View(String namespace) {
            super(ToggledCluster.this, namespace);
        }

        @Override
        public Optional<CamelClusterMember> getLeader() {
            return leads ? Optional.of(self) : Optional.empty();
        }

        @Override
        public CamelClusterMember getLocalMember() {
            return self;
        }

        @Override
        public List<CamelClusterMember> getMembers() {
            return List.of(self);
        }

        @Override
        protected void doStart() {
            fireLeadershipChangedEvent(self);
        }

        @Override
        protected void doStop() {
            // nothing is held
        }

        @Override
        public void fireLeadershipChangedEvent(CamelClusterMember leader) {
            super.fireLeadershipChangedEvent(leader);
        }
    }
}
