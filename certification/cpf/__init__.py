"""The State's register of certificates (SI-CPF): its file, its answers, its countries. Values in, values out.

`cpf-1.1.2.xsd` is the schema of the Caisse des Dépôts as published in github.com/1024pix/pix
(api/tests/unit/domain/services/cpf/cpf.xsd, commit b46cc9b6), without its comments and line ends. `countries.csv` is
the table of countries in force of the Code officiel géographique (INSEE, open licence 2.0), in French as INSEE names
them and in Dutch as CLDR does.
"""
