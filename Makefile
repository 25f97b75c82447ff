# The operator's verbs, one line each; ./desk help explains them. PORT=N and STATE=DIR choose the desk.
DESK = ./desk
PLACE = $(if $(PORT),--port $(PORT)) $(if $(STATE),--state $(STATE))
.PHONY: help up down status demo logs test bench doctor config validate audit-verify migrate \
        preflight verify tf-bootstrap format tidy

help:         ; @$(DESK) help
up:           ; @$(DESK) up $(PLACE)
down:         ; @$(DESK) down $(PLACE)
status:       ; @$(DESK) status $(PLACE)
demo:         ; @$(DESK) demo $(PLACE)
logs:         ; @$(DESK) logs $(PLACE)
test:         ; @$(DESK) test $(LAYERS)
bench:        ; @$(DESK) bench $(PLACE)
doctor:       ; @$(DESK) worker $(PLACE) doctor
config:       ; @$(DESK) worker $(PLACE) config
migrate:      ; @$(DESK) worker $(PLACE) migrate
audit-verify: ; @$(DESK) worker $(PLACE) audit-verify
validate:     ; @$(DESK) worker $(PLACE) validate $(abspath $(FILE))
preflight:    ; @$(DESK) worker $(PLACE) preflight $(CLUSTER)
verify:       ; @$(DESK) worker $(PLACE) verify $(CLUSTER)
tf-bootstrap: ; @$(DESK) worker $(PLACE) tf-bootstrap $(ACCOUNT)
format:       ; @git ls-files '*.cpp' '*.hpp' | xargs clang-format-14 -i
tidy:         ; @git ls-files 'core/*.cpp' 'cgi/*.cpp' 'worker/*.cpp' | xargs -P 2 -n 1 clang-tidy-14 --quiet -p build/dev
