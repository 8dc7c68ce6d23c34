import { readMeanings } from './words.ts'

/**
 * What words of other languages mean, as they are written in names: without accents, Japanese in Latin letters. German and
 * Dutch compounds are cut into these words, so their parts are enough.
 */
export const translations = readMeanings(`
  vorname vornamen rufname prenom prenoms voornaam voornamen = first name
  nachname nachnamen familienname zuname achternaam familienaam cognome apellido apellidos apell apelido sobrenome = last name
  apepat apemat paterno materno = last name
  geburtsname madchenname meisjesnaam = maiden name
  shimei simei namae onamae = full name
  sei myoji myouji = last name
  mei = first name
  nombre nombres nom nome naam naams namen nomi nomes noms = name
  benutzer nutzer anwender utilisateur usuario utente utilizador gebruiker gebruikers riyosha riyousha yuza = user
  benutzername nutzername identifiant pseudo pseudonyme = username
  kunde kunden cliente clientes clienti klant klanten kokyaku okyaku = customer
  mitarbeiter angestellter employe salarie empleado empleados dipendente funcionario empregado medewerker werknemer shain jugyoin = employee
  person persona personne pessoa persoon personen hito kojin = person
  ansprechpartner contacto contatto contato contactpersoon tantosha tantousha = contact
  empfanger destinataire destinatario ontvanger begunstigde beneficiaire beneficiario = recipient
  inhaber titulaire titular titolare intestatario houder meigi meigijin = holder
  patienten paciente paziente kanja = patient
  telefon telefono telefone telefoon fernsprecher rufnummer denwa denwabango tlf telf = phone
  handy portable celular cellulare telemovel movil mobiele mobiel keitai keitaidenwa = mobile
  correo courriel posta epost meeru meruadoresu = email
  elektronisch electronico electronique elettronica eletronico = electronic
  adresse anschrift direccion domicilio indirizzo endereco morada adres woonadres jusho juusho jyusho shozaichi = address
  wohnort residenza residencia woonplaats = residence
  strasse strassen straat rue calle rua = street
  hausnummer huisnummer huisnr hausnr banchi = house number
  plz postleitzahl codepostal cap cep postcode yubin yubinbango yuubinbangou codigopostal = postal code
  postal postale postaux = postal
  famille familia famiglia familie = family
  securite seguridad sicurezza seguranca secu = security
  sociale sociaal = social
  passe = password
  completo complet compleet completa = full
  corrente courant corriente = current
  mae madre mere moeder mutter = mother
  pai padre pere vader vater = father
  mieter mieterin locataire locataires inquilino inquilini inquilina huurder huurders = tenant
  schuler eleve eleves alumno alumna studente studenti estudiante aluno leerling leerlingen gakusei seito = student
  arzt arzte medecin medecins medico medici medicos ishi = doctor
  fahrer chauffeur chauffeurs autista autisti motorista bestuurder untenshu = driver
  gast gaste huesped ospite ospiti hospede gasten = guest
  mitglied mitglieder membre membres miembro membro membri socio soci lid leden kaiin = member
  verkaufer vendeur vendedor venditore verkoper = seller
  kaufer acheteur comprador acquirente = buyer
  bewerber candidat candidats candidato candidati sollicitant = candidate
  besitzer eigentumer proprietaire propietario proprietario eigenaar = owner
  dipendenti utenti pazienti = employee
  lieu luogo lugar ort geburtsort = place
  acceso acces accesso acesso = access
  geb = birth
  wohn = home
  verbindung = account
  jyuusho = address
  code codice codigo kodo = code
  geburt geburts naissance nacimiento nascita nascimento nasc nac geboorte seinen tanjo tanjou = birth
  geburtsdatum geburtstag gebdat geboortedatum seinengappi tanjobi tanjoubi = birth date
  datum fecha fec data datas hizuke nichi = date
  geboren ne nato nacido = born
  nummer nummern nr numero numeri numeros nro num bango bangou = number
  konto konten compte cuenta cta conto conta rekening koza kouza = account
  bank banque banco banca bancario bancaria bancaire ginko ginkou banc = bank
  kontonummer kontonr rekeningnummer rekeningnr kozabango kouzabangou = bank account number
  bankleitzahl blz clabe rib cbu = bank account number
  karte karten carte tarjeta carta cartao kaart kado = card
  kredit credito kurejitto = credit
  kreditkarte creditcard kreditkaart = credit card
  reisepass reisepasses passeport pasaporte passaporto passaporte paspoort ryoken ryokenbango pasupoto = passport
  fuhrerschein permis permisconduire rijbewijs menkyo menkyosho carnetconducir cnh = driver license
  permiso licencia licenca conducir conduire conduzir guida = license
  ausweis personalausweis ausweisnummer personalausweisnummer identiteitskaart identite identidad identita identidade = national id
  steuer fiscal fiscale belasting impuesto zeikin = tax
  identifikationsnummer identifikation = identification number
  steuernummer steuerid idnr steuerident steueridentifikationsnummer = tax id
  sozialversicherung sozialversicherungsnummer svnr sofinummer = social security number
  kimlik tckn pesel cnp egn oib hetu rrn jmbg amka mynumber maina = national id
  dni nie nif curp rfc cpf bsn burgerservicenummer nir insee niss ahv avs nino aadhaar aadhar personnummer fodselsnummer cpr henkilotunnus cedula cuil rodne = national id
  passwort kennwort motdepasse mdp contrasena senha wachtwoord pasuwado anshobango anshoubangou = password
  geheim geheimnis secreto segredo = secret
  schlussel clave chave chiave sleutel = key
  breitengrad breedtegraad ido = latitude
  langengrad laengengrad lengtegraad keido = longitude
  koordinaten coordonnees coordenadas coordinate coordinaten zahyo = coordinates
  standort ubicacion localisation posizione localizacao = location
  stadt ville ciudad citta cidade stad shi = city
  land pays pais paese kuni = country
  firma entreprise empresa societe azienda bedrijf kaisha kaishamei = company
  anzahl menge antal cantidad quantita quantidade aantal kosu = count
  typ tipo soort shurui = type
  estado statut stato toestand jotai = status
  erstellt creado creato criado aangemaakt = created
  rechnung rechnungs facture factura fattura fatura factuur = billing
  liefer lieferung livraison envio entrega spedizione levering = shipping
  produkt produit producto prodotto produto shohin = product
  artikel article articulo articolo artigo = item
`)

/** Words that only join others. */
export const joiningWords = new Set(
  'of the de del della di da do du des der die das den van het el la le les los las zu'.split(' '),
)
